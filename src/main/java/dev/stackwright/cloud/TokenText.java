package dev.stackwright.cloud;

import tools.jackson.databind.json.JsonMapper;

/** Tokens as text, for those who seal and keep them. */
final class TokenText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TokenText() {}

    static String write(Token token) {
        return JSON.writeValueAsString(token);
    }

    static Token read(String text) {
        return JSON.readValue(text, Token.class);
    }
}
