#!/usr/bin/env bash
# Writes a text as the one comment of this kind on the pull request of a commit, or takes its place; where nothing changed it only renews a comment
# that is there. Usage: comment.sh FILE, with REPO, HEAD_OWNER, HEAD_BRANCH, HEAD_SHA and GH_TOKEN in the environment.
# Names of branches are somebody else's: they are given to gh as values, and never become part of a command.
set -euo pipefail
file=$1
marker='<!-- tollgate compare -->'

number=$(gh api --method GET "repos/$REPO/pulls" -f state=open -f head="$HEAD_OWNER:$HEAD_BRANCH" |
  jq -r --arg sha "$HEAD_SHA" 'map(select(.head.sha == $sha)) | .[0].number // empty')
if [ -z "$number" ]; then
  echo "no open pull request has the commit $HEAD_SHA at its head"
  exit 0
fi
known=$(gh api --paginate "repos/$REPO/issues/$number/comments" |
  jq -rs --arg marker "$marker" 'add | map(select(.user.type == "Bot" and (.body | startswith($marker)))) | .[0].id // empty')

if [ -z "$known" ] && ! grep -q '^## ' "$file"; then
  echo 'nothing changed'
  exit 0
fi
body=$(mktemp)
{ echo "$marker"; cat "$file"; } > "$body"
if [ -n "$known" ]; then
  gh api --method PATCH "repos/$REPO/issues/comments/$known" -F body=@"$body" --silent
else
  gh api --method POST "repos/$REPO/issues/$number/comments" -F body=@"$body" --silent
fi
