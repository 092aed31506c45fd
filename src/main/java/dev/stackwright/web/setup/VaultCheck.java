package dev.stackwright.web.setup;

import dev.stackwright.access.Vault;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether what is sealed opens again. */
@Component
class VaultCheck implements Check {

    private static final Words VAULT = Words.of("setup.vault");
    private static final String CONTEXT = "setup";

    private final Vault vault;

    VaultCheck(Vault vault) {
        this.vault = vault;
    }

    @Override
    public int order() {
        return 4;
    }

    @Override
    public List<Finding> check(CloudName cloud) {
        try {
            var opened = vault.open(vault.seal(CONTEXT, CONTEXT), CONTEXT);
            return List.of(
                    opened.equals(CONTEXT)
                            ? Finding.fine(VAULT, "setup.vault.fine")
                            : Finding.broken(VAULT, "setup.vault.broken", ""));
        } catch (IllegalStateException broken) {
            return List.of(
                    Finding.broken(
                            VAULT, "setup.vault.broken", String.valueOf(broken.getMessage())));
        }
    }
}
