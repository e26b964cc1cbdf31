<#import "gantt.md.ftl" as draw>
## ${name}<#if boot gt 1>, boot ${boot}</#if>

${words.startup()}

<#if words.told()?has_content>
${words.told()}

</#if>
<#list words.details() + words.clocks() as line>
- ${line}
</#list>
<#if stalls?has_content>

### Stalls

<#list stalls as stall>
- ${stall}
</#list>
</#if>
<@draw.chart gantt/>
