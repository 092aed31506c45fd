package dev.stackwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabasesTest {

    @Test
    void eachCallAnswersADatabaseOfItsOwn() {
        for (var database :
                List.of(
                        Databases.h2(),
                        Databases.h2(),
                        Databases.postgres(),
                        Databases.postgres())) {
            JdbcClient.create(database).sql("create table mine (id integer)").update();
        }
    }

    @Test
    void bothKnowTheTablesOfTheMigrations() {
        for (var database : List.of(Databases.h2(), Databases.postgres())) {
            assertThat(
                            JdbcClient.create(database)
                                    .sql("select count(*) from notification_poison")
                                    .query(Integer.class)
                                    .single())
                    .isZero();
        }
    }
}
