package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.List;

/** What the resources of a stack tell about themselves, now. */
public interface Lookup {

    /** Nothing exists yet: every answer is {@link Value.Unknown}. */
    Lookup NOTHING_YET =
            new Lookup() {
                @Override
                public Value reference(String resource) {
                    return new Value.Unknown(resource);
                }

                @Override
                public Value attribute(String resource, List<Value> path) {
                    return new Value.Unknown(Unknowns.name(resource, path));
                }
            };

    /** What another stack exports under a name. */
    default Value exported(String name) {
        return new Value.Unknown("the export " + name);
    }

    /** What get_resource answers: usually the physical id. */
    Value reference(String resource);

    /** What get_attr answers for an attribute and a path into it; an empty path means all. */
    Value attribute(String resource, List<Value> path);
}
