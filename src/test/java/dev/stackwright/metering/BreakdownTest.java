package dev.stackwright.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.metering.Breakdown.Slice;
import dev.stackwright.metering.Breakdown.Top;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakdownTest {

    @Test
    void theBiggestAreShownAndAllOthersAreOneOfThem() {
        var top = Top.of(List.of(slice(9, 1), slice(5, 2), slice(3, 3), slice(1, 0)), 3);

        assertThat(top.slices()).extracting(Slice::id).containsExactly("9+1", "5+2");
        assertThat(top.rest()).containsExactly(number(4), number(3));
    }

    @Test
    void asManyAsThereIsRoomForNeedNoRest() {
        var top = Top.of(List.of(slice(9, 1), slice(5, 2)), 2);

        assertThat(top.slices()).hasSize(2);
        assertThat(top.rest()).isNull();
    }

    private static Slice slice(long first, long second) {
        return new Slice(
                first + "+" + second,
                null,
                List.of(number(first), number(second)),
                number(first + second));
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }
}
