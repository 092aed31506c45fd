package dev.stackwright.notification;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import dev.stackwright.kernel.CloudName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bus of one cloud, for as long as the process lives.
 *
 * <p>It has a durable queue of its own, bound to the exchange of each service, so it takes nothing
 * from anyone: the queue {@code notifications.info} that oslo.messaging makes belongs to others. A
 * message is acknowledged after its transaction was committed. What the broker lost with a restart
 * (the services' exchanges are not durable, and their bindings go with them) is put back every half
 * minute; what it lost meanwhile the reconciling polls find.
 */
final class BusConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(BusConsumer.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration GATHERING = Duration.ofMillis(50);
    private static final Duration BINDING_CHECK = Duration.ofSeconds(30);

    private final CloudName cloud;
    private final BusAddress address;
    private final NotificationSettings settings;
    private final NotificationIntake intake;
    private final BusStates states;
    private final Thread thread;
    private volatile boolean stopping;

    BusConsumer(
            CloudName cloud,
            BusAddress address,
            NotificationSettings settings,
            NotificationIntake intake,
            BusStates states) {
        this.cloud = cloud;
        this.address = address;
        this.settings = settings;
        this.intake = intake;
        this.states = states;
        this.thread = Thread.ofVirtual().name("bus-" + cloud).unstarted(this::run);
    }

    void start() {
        states.disconnected(cloud, "The message bus is being connected.");
        thread.start();
    }

    void stop() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message, and the number under which it is acknowledged. */
    private record Arrived(long tag, Delivery delivery) {}

    private void run() {
        var pause = FIRST_PAUSE;
        while (!stopping) {
            var began = System.nanoTime();
            try {
                consume();
            } catch (InterruptedException e) {
                return;
            } catch (IOException
                    | TimeoutException
                    | GeneralSecurityException
                    | RuntimeException e) {
                if (stopping) {
                    return;
                }
                if (Duration.ofNanos(System.nanoTime() - began).compareTo(LONGEST_PAUSE) > 0) {
                    pause = FIRST_PAUSE;
                }
                var why = reason(e);
                states.disconnected(
                        cloud,
                        "The message bus at %s does not serve: %s It is tried again every %d s; until then changes show with the next poll."
                                .formatted(address, sentence(why), LONGEST_PAUSE.toSeconds()));
                LOG.warn(
                        "Bus of {} at {}: {}; next attempt in {} s",
                        cloud,
                        address,
                        why,
                        pause.toSeconds());
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException _) {
                    return;
                }
                pause = Duration.ofMillis(Math.min(pause.toMillis() * 2, LONGEST_PAUSE.toMillis()));
            }
        }
    }

    private void consume()
            throws IOException, TimeoutException, GeneralSecurityException, InterruptedException {
        try (var connection = connect()) {
            bind(connection);
            var channel = channel(connection);
            channel.basicQos(settings.prefetch());
            var arrived = new LinkedBlockingQueue<Arrived>();
            channel.basicConsume(settings.queue(), false, new Inbox(channel, arrived));
            states.connected(cloud);
            LOG.info("Bus of {}: reading queue {} at {}", cloud, settings.queue(), address);
            var boundAt = System.nanoTime();
            while (!stopping) {
                var batch = gather(arrived);
                if (!batch.isEmpty()) {
                    handle(channel, batch);
                }
                if (!channel.isOpen()) {
                    throw new IOException(closedBecause(channel));
                }
                if (System.nanoTime() - boundAt > BINDING_CHECK.toNanos()) {
                    bind(connection);
                    boundAt = System.nanoTime();
                }
            }
        }
    }

    private void handle(Channel channel, List<Arrived> batch) throws IOException {
        try {
            intake.deliver(cloud, batch.stream().map(Arrived::delivery).toList());
        } catch (RuntimeException e) {
            // Nothing is lost: the batch goes back when the channel closes.
            throw new IOException("what it says cannot be stored: " + e.getMessage());
        }
        channel.basicAck(batch.getLast().tag(), true);
    }

    /** What came in the next moment; empty when nothing did. */
    private List<Arrived> gather(BlockingQueue<Arrived> arrived) throws InterruptedException {
        var batch = new ArrayList<Arrived>();
        var first = arrived.poll(1, TimeUnit.SECONDS);
        if (first == null) {
            return batch;
        }
        batch.add(first);
        var end = System.nanoTime() + GATHERING.toNanos();
        while (batch.size() < settings.batch()) {
            var next = arrived.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private Connection connect() throws IOException, TimeoutException, GeneralSecurityException {
        var factory = new ConnectionFactory();
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        if (address.encrypted()) {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        }
        factory.setConnectionTimeout(5_000);
        factory.setRequestedHeartbeat(30);
        // Recovery is this class's own: the bindings must be looked at anew each time.
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        return factory.newConnection(address.hosts(), "stackwright " + settings.name());
    }

    private void bind(Connection connection) throws IOException {
        if (!exists(connection, channel -> channel.queueDeclarePassive(settings.queue()))) {
            within(
                    connection,
                    channel ->
                            channel.queueDeclare(
                                    settings.queue(), true, false, false, arguments(connection)));
        }
        var missing = new ArrayList<String>();
        for (var exchange : settings.exchanges()) {
            if (!bound(connection, exchange)) {
                missing.add(exchange);
            }
        }
        states.troubled(
                cloud,
                missing.isEmpty()
                        ? null
                        : "These exchanges are not on the bus and may not be made: %s. Their services are followed by polls."
                                .formatted(String.join(", ", missing)));
    }

    private boolean bound(Connection connection, String exchange) throws IOException {
        if (!exists(connection, channel -> channel.exchangeDeclarePassive(exchange))) {
            if (!settings.createExchanges()) {
                return false;
            }
            var made =
                    exists(
                            connection,
                            channel ->
                                    channel.exchangeDeclare(
                                            exchange,
                                            "topic",
                                            settings.durableExchanges(),
                                            false,
                                            null));
            if (!made) {
                return false;
            }
        }
        return exists(
                connection,
                channel -> {
                    for (var topic : settings.topics()) {
                        channel.queueBind(settings.queue(), exchange, topic + ".info");
                        channel.queueBind(settings.queue(), exchange, topic + ".error");
                    }
                });
    }

    /** Only RabbitMQ knows such arguments; other brokers close the connection over them. */
    private Map<String, Object> arguments(Connection connection) {
        var product = String.valueOf(connection.getServerProperties().get("product"));
        return product.equals("RabbitMQ")
                ? Map.of("x-max-length-bytes", settings.queueBytes(), "x-overflow", "drop-head")
                : Map.of();
    }

    /** Something that is asked of a channel. */
    @FunctionalInterface
    private interface Request {
        void ask(Channel channel) throws IOException;
    }

    /** A broker answers no by closing the channel; the connection stays. */
    private boolean exists(Connection connection, Request request) throws IOException {
        try {
            within(connection, request);
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal && !signal.isHardError()) {
                LOG.debug("Bus of {}: {}", cloud, signal.getMessage());
                return false;
            }
            throw e;
        }
    }

    private static void within(Connection connection, Request request) throws IOException {
        var channel = channel(connection);
        try {
            request.ask(channel);
        } finally {
            close(channel);
        }
    }

    private static void close(Channel channel) throws IOException {
        try {
            if (channel.isOpen()) {
                channel.close();
            }
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }

    private static Channel channel(Connection connection) throws IOException {
        return connection
                .openChannel()
                .orElseThrow(() -> new IOException("the broker gives no channel"));
    }

    private static String closedBecause(Channel channel) {
        var signal = channel.getCloseReason();
        return signal == null ? "the channel was closed" : String.valueOf(signal.getMessage());
    }

    private static String reason(Exception e) {
        Throwable deepest = e;
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        var message = deepest.getMessage();
        return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
    }

    private static String sentence(String said) {
        return said.endsWith(".") ? said : said + ".";
    }

    /** Takes what the broker sends off its thread; the prefetch bounds how much lies here. */
    private static final class Inbox extends DefaultConsumer {

        private final BlockingQueue<Arrived> arrived;

        Inbox(Channel channel, BlockingQueue<Arrived> arrived) {
            super(channel);
            this.arrived = arrived;
        }

        @Override
        public void handleDelivery(
                String consumerTag,
                com.rabbitmq.client.Envelope envelope,
                AMQP.BasicProperties properties,
                byte @Nullable [] body) {
            var bytes = body == null ? new byte[0] : body;
            arrived.add(
                    new Arrived(
                            envelope.getDeliveryTag(),
                            new Delivery(envelope.getExchange(), bytes)));
        }

        @Override
        public void handleCancel(String consumerTag) throws IOException {
            // The queue was deleted under us: begin again, which makes it anew.
            try {
                getChannel().close();
            } catch (TimeoutException e) {
                throw new IOException(e);
            }
        }
    }
}
