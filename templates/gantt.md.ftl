<#-- A Gantt chart of a boot; nothing of a log is in it that means something to Mermaid. -->
<#macro chart gantt>
<#if !gantt.isEmpty()>

```mermaid
<@lines gantt.mermaid()/>
```

<details><summary>The same as text</summary>

```text
<@lines gantt.bars()/>
```

</details>
</#if>
</#macro>
<#macro lines all>
<#list all as line>
${line?no_esc}
</#list>
</#macro>
