package io.centurions.local.seed;

import java.util.LinkedHashMap;
import java.util.Map;

/** The demo company's contract template. */
final class DemoContract {

    private DemoContract() {}

    static Map<String, Object> template() {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("name", "Prestação de serviços odontológicos");
        template.put(
                "body",
                "CONTRATO DE PRESTAÇÃO DE SERVIÇOS\n\nContratante: {{nome}}\nTratamento: {{tratamento}}\nValor: {{valor}}\n");
        return template;
    }
}
