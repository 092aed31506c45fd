package dev.stackwright.web.frame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Hangs the frame into Spring MVC and Thymeleaf. */
@Configuration(proxyBeanMethods = false)
class FrameConfiguration {

    /** Each panel has a file of messages; which there are is found by looking. */
    @Bean
    static MessageSource messageSource() throws IOException {
        Resource[] files =
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:messages/*.properties");
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames(
                Arrays.stream(files)
                        .map(f -> Objects.requireNonNull(f.getFilename()))
                        .map(name ->
                                "messages." + name.replaceFirst("(_[a-z].*)?\\.properties$", ""))
                        .distinct()
                        .sorted()
                        .toArray(String[]::new));
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Bean
    StackwrightDialect stackwrightDialect(Assets assets) {
        return new StackwrightDialect(assets);
    }

    /**
     * A page is drawn whole before the first byte leaves, so that one that fails half-way becomes
     * an error page; and a redirect after a POST says 303.
     */
    @Bean
    static BeanPostProcessor wholePages() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof ThymeleafViewResolver resolver) {
                    resolver.setProducePartialOutputWhileProcessing(false);
                    resolver.setRedirectHttp10Compatible(false);
                }
                return bean;
            }
        };
    }

    @Bean
    WebMvcConfigurer frameConfigurer(VisitArgument visitArgument, NonceArgument nonceArgument) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(visitArgument);
                resolvers.add(nonceArgument);
            }
        };
    }
}
