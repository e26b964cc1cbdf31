# Boot report: ${tally}
<#if answers?has_content>

| Run | Verdict | Boots | Reached | Findings |
|---|---|---|---|---|
<#list answers as answer>
| ${answer.run.name?truncate_c(300)} | ${answer.verdict} | ${answer.run.boots?size} | ${answer.story} | ${answer.counts} |
</#list>
</#if>
