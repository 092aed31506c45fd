# The names of all functions, one a line.
import yaql

context = yaql.create_context()
names = set()
while context is not None:
    names.update(getattr(context, '_functions', {}))
    context = context.parent
for name in sorted(names):
    if name and name[0] not in '#*':
        print(name)
