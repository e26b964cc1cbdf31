package dev.loganalyze.report;

/** What somebody writes into a log, or calls a file, who wants more than to be read. */
public enum Attack {
  /** ECMA-48: clears the screen, sets the title, pastes an answer into standard input. */
  ESCAPES("\u001b[2J\u001b]0;title\u0007\u001b[6n\u001bPq\u001b\\\u0007\b\b\b\u007f\u000e"),
  /** The same in one byte each, as xterm takes them from UTF-8. */
  C1("\u009b2J\u009d0;title\u009c\u0090q\u009c\u0085"),
  /** Trojan Source, CVE-2021-42574. */
  BIDI("\u202eabc\u202d\u202a\u202b\u202c\u2066x\u2067y\u2068z\u2069\u200e\u200f\u061c"),
  /** Characters that nobody sees, some of them beyond the first plane. */
  INVISIBLE("a\u200b\u2060\ufeff\u00ad\udb40\udc41\udb40\udc7fb\u2028c\u2029d"),
  /** None of XML's characters, and no character at all. */
  NONCHARACTERS("x\ufffe\uffff\u0000\ud800y\udc00z"),
  /** A link that shows one place and leads to another. */
  HYPERLINK("\u001b]8;;http://evil.example/\u001b\\https://good.example/\u001b]8;;\u001b\\"),
  /** Workflow commands of GitHub Actions, at the begin of a line. */
  WORKFLOW("::error file=a,line=1::x\n::set-output name=a::b\n  ::stop-commands::t\r::warning::w"),
  /** White space that is no blank. */
  WORKFLOW_BEHIND_SPACES("\u3000\u00a0::error::x"),
  /** Such commands in the middle of a line, and those of Azure Pipelines and TeamCity. */
  BUILD_COMMANDS("a ##[add-mask]b ##[error]c ##vso[task.setvariable v=a]b ##teamcity[x] ##[[["),
  /** The title is broken where a report wraps, so that the command stands at a line's begin. */
  WRAPPED("x".repeat(70) + " ::error::wrapped " + "y".repeat(69) + " ::error::again ::error::more"),
  /** HTML that ends what it stands in. */
  SCRIPT("</script></style></title></textarea>--><script>alert(1)</script><img src=x onerror=a()>"),
  /** HTML that ends an attribute. */
  ATTRIBUTE("\" onmouseover=\"alert(1)\" x='y' style='a' `z` javascript:alert(1) &lt;b&gt; &#60;"),
  /** The end of a CDATA section, a processing instruction, a comment, an entity. */
  XML("]]> <![CDATA[x]]> <?xml?> <!-- a -- b --> &xxe; <!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]>"),
  /** What a spreadsheet computes, and DDE. */
  FORMULA("=cmd|' /C calc'!A0"),
  /** Other beginnings of formulas, and quotes that end a cell. */
  FORMULA_PLUS("+1+1\",\"=2+2\"\r\n\"-3"),
  /** OWASP's list has the tab and the carriage return, too. */
  FORMULA_TAB("\t=1+1"),
  FORMULA_RETURN("\r=1+1"),
  FORMULA_AT("@SUM(1+1)"),
  FORMULA_MINUS("-1+1"),
  FORMULA_WIDE("\uff1d1+1"),
  /** Emphasis, links, images, tables, rules, headings, references. */
  MARKDOWN(
      "*b* __b__ ~~s~~ [x](http://evil.example/) ![i](http://evil.example/i.png) |a|b|\n# h\n---"),
  /** Autolinks of GitHub, mentions, and references to issues. */
  REFERENCES(
      "http://evil.example/ www.evil.example <http://e.example> @everyone x@evil.example #1 a/b#2"),
  /** HTML that Markdown lets through. */
  MARKDOWN_HTML("<details open><b>x</b></details> <a href=http://evil.example>y</a> <!-- "),
  /** The end of fenced code. */
  FENCES("```\n~~~~\n````````\n``` js\n    ```"),
  /** Code spans, escapes before them. */
  BACKTICKS("`a`b`` c ``d` \\`e\\` \\\\`"),
  /** Mermaid: sections, directives, clicks, entities. */
  MERMAID(
      "x :done, 1, 2\nsection evil\nclick a href \"http://evil.example\"\n%%{init: {}}%% ;#35;"),
  /** Of a template, of several makers. */
  TEMPLATE("${7*7} <#if true> ${.data_model} <@x/> #{7*7} {{7*7}} <%= 1 %> ${unit}"),
  /** JSON that ends its string. */
  JSON("\"}],\"verdict\":\"passed\\\",\\u0022 \\"),
  /** A log that never ends its line. */
  LONG("a ".repeat(500) + "b".repeat(3000));

  private final String text;

  Attack(String text) {
    this.text = text;
  }

  /** What is written. */
  public String text() {
    return text;
  }

  /** A log with it wherever a log names something. */
  public String log() {
    return """
        SeaBIOS (version @)
        [    0.000000] Linux version 6.1.0-@ (@) #1 SMP
        [    0.000001] Command line: root=@ console=ttyS0 systemd.unit=@
        [    1.000001] blk_update_request: I/O error, dev @, sector 5 op 0x0:(READ)
        [    1.500001] EXT4-fs (@): mounted filesystem
        [    2.000001] systemd[1]: systemd 252 running in system mode
        Welcome to @!
        [    3.000001] systemd[1]: @.service: Main process exited, code=exited, status=1/FAILURE
        [    3.000002] systemd[1]: @.service: Failed with result '@'.
        [    3.000003] systemd[1]: Failed to start @.service - @.
        [FAILED] Failed to start @.service - @.
        See 'systemctl status @.service' for details.
        [ TIME ] Timed out waiting for device @ - /dev/@.
        [DEPEND] Dependency failed for @ - @.
        [  OK  ] Started @.service - @.
        [   20.000001] @[77]: segfault at 0 ip 0 sp 0 error 4 in @[55+1]
        @ login: @ (automatic login)
        root@@:~# mount @
        mount: @ is busy
        root@@:~# @
        @
        -bash: @: command not found
        root@@:~# id -u
        @
        Traceback (most recent call last):
          File "@", line 1, in <module>
        @: @
        @
        [   30.000001] Kernel panic - not syncing: @
        """
        .replace("root@@", "root\u0000host")
        .replace("@", text)
        .replace("root\u0000host", "root@host");
  }
}
