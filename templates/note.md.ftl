<#-- A work note of one or more runs. notes: the runs; changes: what changed from each to the next. -->
<#macro prose text><#list text?truncate_c(4000)?trim?split("`") as piece><#if piece?is_odd_item>${piece}<#elseif piece?has_content>`${piece?no_esc}`</#if></#list></#macro>
<#list notes as note>
<#if !note?is_first>

</#if>
<#assign run = note.run answer = note.answer>
# ${note.title()?truncate_c(300)}

- Run: ${run.name?truncate_c(300)}
- Began: <#if note.started()?has_content>${note.started()}<#else>not told by the logs</#if>
- Verdict: **${answer.verdict}**, ${answer.story}
<#if answer.system?has_content>
- System: ${answer.system?truncate_c(300)}
</#if>
<#if answer.commandLine?has_content>
- Kernel command line: ${answer.commandLine?truncate_c(1000)}
</#if>
<#list note.values() as what, value>
- ${what}: ${value?truncate_c(1500)}
</#list>

| Input | Role | Lines | Bytes | SHA-256 |
|---|---|--:|--:|---|
<#list run.inputs[0..*40] as input>
| ${input.path?truncate_c(200)} | ${input.role.word()} | ${input.lines} | ${input.bytes} | ${input.sha256} |
</#list>
<#if answer.causes?has_content>

## Why
<#list answer.causes as cause>
<#assign links = note.chain(cause) finding = cause.diagnosed.finding>

**${finding.title?truncate_c(300)}**<#if cause.chain?has_content> ${cause.chain?truncate_c(1000)}</#if>

<#assign marks = note.fence(links)>
${marks?no_esc}text
<#list links as link>
<#list link.quotes[0..*8] as quote>
${quote?truncate_c(500)?no_esc}
</#list>
</#list>
${marks?no_esc}
<#if finding.rule.explain?has_content>

What it means: <@prose finding.rule.explain/>
</#if>
<#if cause.fell?has_content>

With it fell: ${cause.fell?truncate_c(600)}
</#if>
<#if finding.advice?has_content>

What to do: <@prose finding.advice/>
</#if>
</#list>
</#if>
<#assign timeline = note.timeline()>
<#if timeline?has_content>

## What happened

| At | Where | What |
|--:|---|---|
<#list timeline as step>
| ${step.time} | ${step.where} | ${step.what?truncate_c(300)} |
</#list>
</#if>
<#if answer.times?has_content>

## Times

<#list answer.times as line>
- ${line?truncate_c(400)}
</#list>
</#if>
<#if note.aside()?has_content>

## Seen, and no part of it

<#list note.aside()[0..*20] as found>
- ${note.where(found)}: ${found.finding.title?truncate_c(300)} (${found.finding.rule.id}, ${found.finding.severity.word()})
</#list>
</#if>
<#if note.ruledOut()?has_content>

## Looked for, and not in these logs

<#list note.ruledOut() as what>
- ${what}
</#list>
</#if>
<#if note.open()?has_content>

## Open

<#list note.open() as question>
- ${question?truncate_c(600)}
</#list>
</#if>
<#if note.collect()?has_content>

## To save next time

<#list note.collect() as what>
- <@prose what/>
</#list>
</#if>
</#list>
<#list changes as words>

## What changed from ${words.comparison.base[0].name?truncate_c(200)} to ${words.comparison.fresh[0].name?truncate_c(200)}

${words.verdict()}
<#assign c = words.comparison>
<#if c.faults?has_content>

<#list c.faults[0..*30] as change>
- ${words.direction(change)}: ${change.fault.title?truncate_c(300)} (${change.fault.rule})
</#list>
</#if>
<#if c.facts?has_content || c.units?has_content>

<#list (c.facts + c.units)[0..*30] as one>
- ${one.what}: ${one.before?truncate_c(200)} → ${one.now?truncate_c(200)}
</#list>
</#if>
<#if words.shifts()?has_content>

<#list words.shifts()[0..*15] as shift>
- ${shift.name}: ${words.seconds(shift.base.median())} → ${words.seconds(shift.fresh.median())}, ${words.by(shift)}
</#list>
</#if>
</#list>

---
Written by ${tool} from these logs alone.
