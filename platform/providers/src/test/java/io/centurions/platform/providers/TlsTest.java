package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.centurions.contracts.id.CompanyId;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name may lead to another machine from one moment to the next, as to one near us after it was looked at.
 * What is sent over https is for the name: a machine that cannot prove to be it hears nothing of the request.
 */
class TlsTest {

    private static final CompanyId COMPANY = CompanyId.of(UUID.randomUUID());
    private static final char[] PASSWORD = "of a test".toCharArray();

    private final SSLContext usual = usual();
    private final AtomicInteger heard = new AtomicInteger();

    @TempDir
    Path folder;

    private HttpsServer server;
    private Providers providers;

    /** Everybody trusts whoever signed the certificate, here itself. */
    @BeforeEach
    void start() throws Exception {
        SSLContext trusted = trusting(certificateOf("localhost"));
        SSLContext.setDefault(trusted);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trusted));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        providers = Settings.providers();
    }

    @AfterEach
    void stop() {
        providers.close();
        server.stop(0);
        SSLContext.setDefault(usual);
    }

    @Test
    void a_machine_that_proves_to_be_the_name_is_asked() {
        assertThat(ask("localhost")).isInstanceOf(Exchange.Answered.class);
        assertThat(heard).hasValue(1);
    }

    @Test
    void a_machine_that_another_name_led_to_hears_nothing() {
        assertThat(ask("127.0.0.1")).isNotInstanceOf(Exchange.Answered.class);
        assertThat(heard).hasValue(0);
    }

    private Exchange ask(String host) {
        URI address = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/v1/chat/completions");
        HttpRequest asking = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString("what a lead wrote"))
                .build();
        return providers.named("p").exchange(COMPANY, Request.of(asking, Duration.ofSeconds(10)));
    }

    private KeyStore certificateOf(String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process making = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(making.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("it", keys.getCertificate("mykey"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("TLS is part of every JDK", e);
        }
    }
}
