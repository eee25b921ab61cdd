package io.centurions.backoffice.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MaskedTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void what_is_secret_by_its_name_is_blotted_out_however_the_name_is_spelled() throws JsonProcessingException {
        assertThat(masked("{'accessToken':'a','client_secret':'b','X-Api-Key':'c','nested':[{'password':'d'}]}"))
                .isEqualTo("{'accessToken':'[redacted]','client_secret':'[redacted]','X-Api-Key':'[redacted]',"
                        + "'nested':[{'password':'[redacted]'}]}");
    }

    @Test
    void where_a_secret_is_kept_and_whether_there_is_one_may_be_told() throws JsonProcessingException {
        String told = "{'apiKey':'env:MODEL_KEY','hasAccessToken':true,'token':null,'secretName':'crm_token'}";

        assertThat(masked(told)).isEqualTo(told);
    }

    @Test
    void a_persons_address_and_the_name_beside_it_are_blotted_out() throws JsonProcessingException {
        assertThat(masked("{'name':'Ana','email':'ana@a.example','role':'crm_user'}"))
                .isEqualTo("{'name':'[redacted]','email':'[redacted]','role':'crm_user'}");
        assertThat(masked("{'title':'Negócio de Ana','leadId':'1','stage':'new'}"))
                .isEqualTo("{'title':'[redacted]','leadId':'1','stage':'new'}");
    }

    @Test
    void whatever_stands_in_something_secret_or_personal_is_blotted_out_with_it() throws JsonProcessingException {
        assertThat(masked("{'tokens':['a',{'value':'b'}],'secret':{'value':'c','reference':'env:D'},"
                        + "'maxOutputTokens':500}"))
                .isEqualTo("{'tokens':['[redacted]',{'value':'[redacted]'}],"
                        + "'secret':{'value':'[redacted]','reference':'env:D'},'maxOutputTokens':500}");
        assertThat(masked("{'phones':['11988887777'],'cpf':12345678901,'document':{'number':'1','kind':null}}"))
                .isEqualTo("{'phones':['[redacted]'],'cpf':'[redacted]',"
                        + "'document':{'number':'[redacted]','kind':null}}");
    }

    @Test
    void the_name_of_a_thing_stays() throws JsonProcessingException {
        assertThat(masked("{'name':'Landing','enabled':true,'email':null}"))
                .isEqualTo("{'name':'Landing','enabled':true,'email':null}");
    }

    private static String masked(String quoted) throws JsonProcessingException {
        return Masked.of(JSON.readTree(quoted.replace('\'', '"'))).toString().replace('"', '\'');
    }
}
