| state | what | found | why it matters | what mends it |
|---|---|---|---|---|
<#list checks as check>
| ${check.state().word()} | ${check.name()}<#if check.needed()> (needed)</#if> | ${check.found()} | ${check.why()} | ${check.remedy()} |
</#list>
