package dev.loganalyze.report;

import dev.loganalyze.resource.ProgramFile;
import freemarker.cache.ConditionalTemplateConfigurationFactory;
import freemarker.cache.FileExtensionMatcher;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateConfiguration;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.Version;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * The FreeMarker templates under {@code templates/}. Every text a template prints is {@link
 * Printable} and escaped for its format: HTML in {@code .ftlh}, Markdown in {@code .ftl}.
 */
final class Templates {
  private static final String FOLDER = "/templates";
  private static final Version VERSION = Configuration.VERSION_2_3_35;
  private static final Configuration CONFIGURATION = configuration();

  private Templates() {}

  /**
   * Fills in a template.
   *
   * @param name file name below {@code templates/}
   * @throws IllegalStateException when the template does not fit the model: a fault of this program
   */
  static void write(String name, Map<String, ?> model, Writer out) throws IOException {
    try {
      CONFIGURATION.getTemplate(name).process(model, out);
    } catch (TemplateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of a file below {@code templates/}, as they are included by templates. */
  static byte[] bytes(String name) {
    return ProgramFile.bytes(FOLDER.substring(1) + "/" + name);
  }

  private static Configuration configuration() {
    TemplateConfiguration markdown = new TemplateConfiguration();
    markdown.setOutputFormat(Markdown.FORMAT);

    Configuration configuration = new Configuration(VERSION);
    configuration.setClassForTemplateLoading(Templates.class, FOLDER);
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setOutputEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setLocalizedLookup(false);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setObjectWrapper(new PrintableWrapper());
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setTemplateConfigurations(
        new ConditionalTemplateConfigurationFactory(new FileExtensionMatcher("ftl"), markdown));
    return configuration;
  }

  /** Shows templates printable text only. */
  private static final class PrintableWrapper extends DefaultObjectWrapper {
    PrintableWrapper() {
      super(VERSION);
    }

    @Override
    public TemplateModel wrap(Object value) throws TemplateModelException {
      return value instanceof String text
          ? new SimpleScalar(Printable.text(text.replace('\n', ' ')))
          : super.wrap(value);
    }
  }
}
