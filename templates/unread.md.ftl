<#-- What could not be read, a sentence each. -->

## Not read

<#list unread as sentence>
- ${sentence?truncate_c(300)}
</#list>
<#if (more > 0)>
- and ${more} more
</#if>
