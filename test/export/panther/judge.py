"""Asks rules about events: `judge.py <folder with the modules>` reads lines of JSON, `{"module": …, "events": […]}`, and answers each with a line: a list of truth values, or `{"error": …}`."""

import importlib
import json
import sys

try:
    from panther_core.enriched_event import PantherEvent as Event
except ImportError:
    Event = dict

sys.path.insert(0, sys.argv[1])
for line in sys.stdin:
    asked = json.loads(line)
    try:
        module = importlib.import_module(asked["module"])
        found = [module.rule(Event(event)) for event in asked["events"]]
        for event, holds in zip(asked["events"], found):
            if holds:
                module.title(Event(event)), json.dumps(module.alert_context(Event(event)))
        print(json.dumps(found))
    except Exception as error:  # What a rule does wrong is the answer.
        print(json.dumps({"error": f"{asked['module']}: {error!r}"}))
