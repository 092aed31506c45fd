package dev.stackwright.cloud;

import dev.stackwright.kernel.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Trusts that the token's user gives: somebody else may act for them in this project. */
public final class Trusts {

    private final OpenStack os;

    public Trusts(OpenStack os) {
        this.os = os;
    }

    /** Lets the trustee act as the token's user, in the token's project, with these roles. */
    public Scope.Trust create(UserId trustee, Set<String> roles) {
        var token = os.token();
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("trustor_user_id", token.user().value());
        wanted.put("trustee_user_id", trustee.value());
        wanted.put("project_id", Objects.requireNonNull(token.project()).value());
        wanted.put("impersonation", true);
        wanted.put("roles", roles.stream().sorted().map(role -> Map.of("name", role)).toList());
        var made =
                os.call(
                                Request.post(Service.IDENTITY, "/OS-TRUST/trusts")
                                        .body(Map.of("trust", wanted)))
                        .body()
                        .path("trust");
        return new Scope.Trust(made.path("id").asString());
    }

    /** Takes one back; one that is gone already is fine too. */
    public void delete(String id) {
        os.find(Request.delete(Service.IDENTITY, "/OS-TRUST/trusts/{}", id));
    }

    public List<String> givenByMe() {
        return os
                .list(
                        Request.get(Service.IDENTITY, "/OS-TRUST/trusts")
                                .query("trustor_user_id", os.token().user()),
                        "trusts")
                .stream()
                .map(trust -> trust.path("id").asString())
                .toList();
    }
}
