// From here on sources are compiled as they are loaded.
'use strict';
require('ts-node').register({ transpileOnly: true, project: require.resolve('../tsconfig.json') });
