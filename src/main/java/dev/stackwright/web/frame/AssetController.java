package dev.stackwright.web.frame;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Hands out the static files; what has a hash in its name never changes. */
@Controller
class AssetController {

    private final Assets assets;

    AssetController(Assets assets) {
        this.assets = assets;
    }

    @GetMapping(Assets.PREFIX + "{name:.+}")
    ResponseEntity<byte[]> asset(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.ACCEPT_ENCODING, defaultValue = "")
                    String accepted) {
        Assets.Asset asset = assets.find(Assets.PREFIX + name);
        return asset == null ? ResponseEntity.notFound().build() : sent(asset, accepted, true);
    }

    /** Browsers ask for it by this name when a page is not HTML. */
    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> favicon(
            @RequestHeader(value = HttpHeaders.ACCEPT_ENCODING, defaultValue = "")
                    String accepted) {
        Assets.@Nullable Asset asset = assets.find(assets.url("favicon.svg"));
        return asset == null ? ResponseEntity.notFound().build() : sent(asset, accepted, false);
    }

    private static ResponseEntity<byte[]> sent(
            Assets.Asset asset, String accepted, boolean forEver) {
        CacheControl cache = CacheControl.maxAge(Duration.ofDays(forEver ? 365 : 1)).cachePublic();
        boolean gzip = accepted.contains("gzip") && asset.packed().length < asset.plain().length;
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(asset.type()))
                        .cacheControl(forEver ? cache.immutable() : cache)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return gzip
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.packed())
                : answer.body(asset.plain());
    }
}
