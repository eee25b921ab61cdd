package io.centurions.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedAddressesTest {

    private final TypedAddresses typed = new TypedAddresses(
            Set.of("Gpu-1.internal", "10.0.0.7:8000"),
            URI.create("http://models.internal:8000/v1"),
            URI.create("http://localhost:11434"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://203.0.113.9/v1",
                "https://[2606:4700::1111]/v1",
                "http://gpu-1.internal:1234/v1",
                "http://10.0.0.7:8000/v1",
                "http://models.internal:8000/v1",
                "http://localhost:11434"
            })
    void a_public_host_over_https_may_be_typed_and_whatever_is_listed(String address) {
        assertThat(typed.faultNow(address)).isEmpty();
        assertThat(typed.fault(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://203.0.113.9/v1",
                "https://localhost/v1",
                "http://localhost:8080/v1",
                "http://models.internal:9000/v1",
                "https://10.0.0.7/v1",
                "https://127.0.0.1/v1",
                "https://2130706433/v1",
                "https://192.168.1.1",
                "https://172.16.0.1",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00:ec2::254]/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://100.100.100.200/",
                "https://0.0.0.0/",
                "https://api.openai.com@10.0.0.7/",
                "file:///etc/passwd",
                "v1",
                "https:// /"
            })
    void nothing_near_us_and_nothing_in_plain_text_may_be_typed(String address) {
        assertThat(typed.faultNow(address)).isPresent();
        assertThat(typed.fault(address)).isPresent();
    }

    @Test
    void an_address_that_wraps_a_private_one_is_not_public() throws UnknownHostException {
        assertThat(TypedAddresses.isPublic(InetAddress.getByName("2002:a00:1::1")))
                .isFalse();
        assertThat(TypedAddresses.isPublic(InetAddress.getByName("2001::a00:1")))
                .isFalse();
        assertThat(TypedAddresses.isPublic(InetAddress.getByName("64:ff9b::a00:1")))
                .isFalse();
    }

    @Test
    void where_a_name_leads_is_asked_only_when_it_is_wanted() {
        assertThat(typed.fault("https://nobody.invalid/v1")).isEmpty();
        assertThat(typed.faultNow("https://nobody.invalid/v1")).isPresent();
    }
}
