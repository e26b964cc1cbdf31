<#import "gantt.md.ftl" as draw>
<#-- One run. rows: how many rows a table may have. Every ${…} is escaped by Markdown.java. -->
<#macro prose text><#list text?truncate_c(4000)?trim?split("`") as piece><#if piece?is_odd_item>${piece}<#elseif piece?has_content>`${piece?no_esc}`</#if></#list></#macro>
<#macro leftOut all what>
<#if (all?size > rows)>

_${all?size - rows} more ${what} left out here; the JSON report has them all._
</#if>
</#macro>
<#assign run = answer.run causes = answer.causes others = answer.others>
# ${answer.verdict?cap_first}: ${run.name?truncate_c(300)}

| Verdict | Boots | Reached | Findings |
|---|---|---|---|
| **${answer.verdict}** | ${run.boots?size} | ${answer.story} | ${answer.counts} |
<#if answer.system?has_content>

${"System: " + answer.system?truncate_c(300)}
</#if>
<#if answer.commandLine?has_content>

${"Command line: " + answer.commandLine?truncate_c(1000)}
</#if>
<#list answer.omissions as omission>

${omission}
</#list>
<#if answer.unexplained>

**No root cause found:** nothing in this log explains it.
</#if>
<#if causes?has_content>

## Root causes
<#list causes[0..*rows] as cause>
<#assign finding = cause.diagnosed.finding evidence = finding.evidence>

### ${cause?counter}. ${finding.title?truncate_c(300)}
<#if cause.chain?has_content>

What followed: ${cause.chain?truncate_c(1000)}
</#if>

Rule ${finding.rule.id}, ${finding.severity.word()}, line ${finding.firstLine}<#if answer.circumstances(finding)?has_content>, ${answer.circumstances(finding)?truncate_c(300)}</#if>
<#if evidence?has_content>

<#assign marks = fence.around(finding)>
${marks?no_esc}log
<#list evidence[0..*[rows, 8]?min] as line>
${line.line}  ${line.text?truncate_c(500)?no_esc}
</#list>
${marks?no_esc}
<#if (evidence?size > [rows, 8]?min)>

_${evidence?size - [rows, 8]?min} more lines of evidence left out here; the JSON report has them all._
</#if>
</#if>
<#if cause.fell?has_content>

With it fell: ${cause.fell?truncate_c(600)}
</#if>
<#if finding.rule.explain?has_content>

What it means: <@prose finding.rule.explain/>
</#if>
<#if cause.collect?has_content>

**Why is not in this log.** To find it: <@prose cause.collect/>
</#if>
<#if finding.advice?has_content>

**What to do:** <@prose finding.advice/>
</#if>
</#list>
<@leftOut causes "root causes"/>
</#if>
<#if others?has_content>

## <#if causes?has_content>Other findings<#else>Findings</#if>

| Severity | Line | Finding | Rule | Times |
|---|--:|---|---|--:|
<#list others[0..*rows] as diagnosed>
<#assign finding = diagnosed.finding>
| ${finding.severity.word()} | ${finding.firstLine} | ${finding.title?truncate_c(300)} | ${finding.rule.id} | ${finding.occurrences} |
</#list>
<@leftOut others "findings"/>
</#if>
<#if answer.suppressed?has_content>

## Accepted, and not counted

| Line | Finding | Rule | Why |
|--:|---|---|---|
<#list answer.suppressed[0..*rows] as known>
| ${known.finding.firstLine} | ${known.finding.title?truncate_c(300)} | ${known.finding.rule.id} | ${known.suppressed?truncate_c(300)} |
</#list>
<@leftOut answer.suppressed "accepted findings"/>
</#if>
<#if answer.unusual?has_content>

## ${answer.unusualHeading}
<#if answer.lastProgress?has_content>

${answer.lastProgress?truncate_c(600)}
</#if>

| Line | What it says | Why it stands out |
|--:|---|---|
<#list answer.unusual as odd>
| ${odd.line} | ${odd.text?truncate_c(300)} | ${odd.why} |
</#list>
</#if>
<#if (run.boots?size > 1)>

## Boots

| Boot | Lines | Reached | End |
|--:|--:|---|---|
<#list answer.boots[0..*rows] as row>
| ${row.first}<#if row.last != row.first>–${row.last}</#if> | ${row.firstLine}–${row.lastLine} | ${row.reached.word()} | ${row.end} |
</#list>
<@leftOut answer.boots "rows"/>
</#if>
<#if run.boots?has_content>

## Phases

| Boot | Phase | Lines | Took |
|--:|---|--:|--:|
<#list run.boots[0..*rows] as boot>
<#list answer.bar(boot) as stretch>
| ${boot.index} | ${stretch.phase.kind.word()} | ${stretch.phase.firstLine}–${stretch.phase.lastLine} | ${stretch.duration} |
</#list>
</#list>
<@leftOut run.boots "boots"/>
</#if>
<#if run.sessions?has_content>

## Sessions

| Session | Commands |
|---|--:|
<#list answer.talks[0..*rows] as talk>
| ${talk.heading?truncate_c(300)} | ${talk.commands} |
</#list>
<@leftOut answer.talks "sessions"/>
</#if>
<#list answer.times()>

## Time

<#items as time>
- ${time?truncate_c(600)}
</#items>
</#list>
<#if gantt?has_content>
<@draw.chart gantt[0]/>
</#if>
<#if run.inputs?has_content>

## Inputs

| Input | Format | Bytes | Lines | SHA-256 |
|---|---|--:|--:|---|
<#list run.inputs[0..*rows] as input>
| ${input.path?truncate_c(300)} | ${input.format}<#if input.compression?has_content>, ${input.compression}</#if> | ${input.bytes} | ${input.lines} | ${input.sha256} |
</#list>
<@leftOut run.inputs "inputs"/>
<#list answer.views>

<#items as view>
- ${view?truncate_c(600)}
</#items>
</#list>
</#if>

${tool}
