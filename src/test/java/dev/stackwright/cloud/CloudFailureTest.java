package dev.stackwright.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.cloud.CloudFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CloudFailureTest {

    @Test
    void whatWasSentAndNotAnsweredMayHaveHappened() {
        assertThat(failure(Kind.TIMEOUT, 0, null).mayHaveHappened()).isTrue();
        assertThat(failure(Kind.UNREACHABLE, 0, new IOException()).mayHaveHappened()).isTrue();
        assertThat(failure(Kind.SERVER_ERROR, 504, null).mayHaveHappened()).isTrue();
    }

    @Test
    void whatNeverLeftOrWasRefusedHasNotHappened() {
        assertThat(failure(Kind.UNREACHABLE, 0, new ConnectException()).mayHaveHappened())
                .isFalse();
        assertThat(failure(Kind.NO_SUCH_SERVICE, 0, null).mayHaveHappened()).isFalse();
        assertThat(failure(Kind.CONFLICT, 409, null).mayHaveHappened()).isFalse();
        assertThat(failure(Kind.SERVER_ERROR, 500, null).mayHaveHappened()).isFalse();
    }

    private static CloudFailure failure(Kind kind, int status, @Nullable Throwable cause) {
        return new CloudFailure(kind, Service.COMPUTE, status, "No.", null, null, cause);
    }
}
