package io.centurions.backoffice.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListLimitsTest {

    private static final List<Method> READING = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.centurions.backoffice")
                    .stream()
                    .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                    .map(JavaClass::reflect)
                    .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(GET.class))
                    .toList();

    @Test
    void whoever_reads_a_list_says_how_much_of_it() {
        List<Method> lists = READING.stream()
                .filter(method -> method.getGenericReturnType().getTypeName().contains(Page.class.getName() + "<"))
                .toList();

        assertThat(lists)
                .hasSizeGreaterThan(15)
                .allSatisfy(method -> assertThat(method.getParameters())
                        .as(method.toString())
                        .anyMatch(ListLimitsTest::asksForAPage));
    }

    @Test
    void nothing_is_answered_as_a_list_without_an_end() {
        assertThat(READING)
                .noneMatch(method -> Collection.class.isAssignableFrom(method.getReturnType())
                        || Map.class.isAssignableFrom(method.getReturnType())
                        || method.getReturnType().isArray()
                        || method.getGenericReturnType().getTypeName().contains("<java.util."));
    }

    @Test
    void a_page_has_two_hundred_items_at_most() throws NoSuchFieldException {
        assertThat(PageAsk.class.getField("limit").getAnnotation(Max.class).value())
                .isEqualTo(200);
    }

    private static boolean asksForAPage(Parameter parameter) {
        return parameter.getType().equals(PageAsk.class) && parameter.isAnnotationPresent(Valid.class);
    }
}
