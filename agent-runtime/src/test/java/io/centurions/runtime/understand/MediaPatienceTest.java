package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.centurions.runtime.think.CenturionConfig.Typing;
import io.centurions.runtime.think.ModelSettings;
import io.centurions.runtime.think.NotNow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call gets what is left, also of a model that would have forty seconds. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MediaPatienceTest {

    private static final MediaSource.Fetched FILE = new MediaSource.Fetched(new byte[] {1}, "image/jpeg");

    private final Providers providers = Settings.providers();
    private HttpServer silent;
    private ModelSettings settings;

    @BeforeEach
    void a_server_that_never_answers() throws IOException {
        silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent.createContext("/", exchange -> {});
        silent.start();
        settings = ModelSettings.at(
                URI.create("http://localhost:" + silent.getAddress().getPort() + "/v1"));
    }

    @AfterEach
    void close() {
        silent.stop(0);
        providers.close();
    }

    @Test
    void nothing_is_asked_that_would_only_be_cut_off() {
        MediaPatience patience = MediaPatience.of(Duration.ofMillis(900));

        assertThat(patience.isOver()).isTrue();
        assertThat(NotNow.askedIn(catchThrowable(patience::left))).contains(Duration.ofSeconds(2));
    }

    @Test
    void a_transcription_is_cut_off_when_it_is_over() {
        var transcribe = new Transcribe(settings, new ObjectMapper(), providers);
        MediaPatience patience = MediaPatience.of(Duration.ofMillis(1200));

        Throwable cut = catchThrowable(() -> transcribe.transcribe(CompanyId.random(), FILE, "pt-BR", patience));

        assertThat(cut).hasMessageContaining("timeout");
        assertThat(patience.isOver()).isTrue();
    }

    @Test
    void a_description_is_cut_off_when_it_is_over() {
        var describe = new DescribeImage(settings.models(providers));
        var choice = new ModelChoice(Provider.OPENAI, null, null, null, 0.3);
        var config = new CenturionConfig(1, "Venda.", "pt-BR", choice, List.of(), 60, new Typing(1, 1, 1));
        MediaPatience patience = MediaPatience.of(Duration.ofMillis(1200));

        Throwable cut = catchThrowable(() -> describe.describe(CompanyId.random(), FILE, config, patience));

        assertThat(cut).hasMessageContaining("timeout");
        assertThat(patience.isOver()).isTrue();
    }
}
