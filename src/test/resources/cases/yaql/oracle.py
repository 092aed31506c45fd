# Evaluates each line of standard input as Heat would, over the data in the file named by the first argument.
import json
import sys

import yaql
from yaql.language import utils

engine = yaql.YaqlFactory().create(options={'yaql.limitIterators': 200, 'yaql.memoryQuota': 10000})
data = json.load(open(sys.argv[1]))


def plain(value):
    if isinstance(value, (set, frozenset)):
        raise ValueError('a set')
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


for line in sys.stdin:
    context = yaql.create_context()
    try:
        result = plain(engine(line.rstrip('\n')).evaluate(data={'data': data}, context=context))
        print(json.dumps({'value': result}))
    except Exception as e:
        print(json.dumps({'error': type(e).__name__}))
