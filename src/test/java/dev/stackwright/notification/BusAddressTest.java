package dev.stackwright.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.Address;
import org.junit.jupiter.api.Test;

class BusAddressTest {

    @Test
    void readsAnAmqpUrl() {
        assertThat(BusAddress.of("amqp://open:p%40ss+word@bus.example/"))
                .returns(false, BusAddress::encrypted)
                .returns("open", BusAddress::user)
                .returns("p@ss+word", BusAddress::password)
                .returns("/", BusAddress::virtualHost)
                .satisfies(bus ->
                        assertThat(bus.hosts()).containsExactly(new Address("bus.example", 5672)));
    }

    @Test
    void readsTheTransportUrlOfAService() {
        var bus = BusAddress.of("rabbit://open:pass@one:5673,open:pass@[::1]:5674/nova?ssl=0");

        assertThat(bus.hosts()).containsExactly(new Address("one", 5673), new Address("::1", 5674));
        assertThat(bus.virtualHost()).isEqualTo("nova");
    }

    @Test
    void knowsThePortOfAnEncryptedBus() {
        assertThat(BusAddress.of("amqps://bus.example").hosts())
                .containsExactly(new Address("bus.example", 5671));
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(BusAddress.of("amqp://open:canary@bus.example/").toString())
                .isEqualTo("bus.example:5672");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusAddress.of("http://open:canary@bus.example/"))
                .withMessageNotContaining("canary");
    }
}
