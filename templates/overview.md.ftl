<#-- All runs in a table. runs: how many there are; shown: how many follow in full. -->
# Boot report: ${tally}
<#if answers?has_content>

| Run | Verdict | Boots | Reached | Findings |
|---|---|---|---|---|
<#list answers as answer>
| ${answer.run.name?truncate_c(300)} | ${answer.verdict} | ${answer.run.boots?size} | ${answer.story} | ${answer.counts} |
</#list>
</#if>
<#if (runs > answers?size)>

_${runs - answers?size} more runs are left out, as there is no room for them._
</#if>
<#if (runs > shown)>

_${runs - shown} of ${runs} runs are not shown in full, as there is no room for them; the JSON report has them all._
</#if>
