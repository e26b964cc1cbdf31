<#-- What changed between runs. words: ComparisonWords; most: rows of a table. -->
<#assign c = words.comparison>
# What changed: ${words.sides()}

${words.verdict()}
<#if c.faults?has_content>

| | Finding | Rule | Runs |
|---|---|---|---|
<#list c.faults[0..*most] as change>
| ${words.direction(change)} | ${change.fault.title?truncate_c(300)} | ${change.fault.rule} | ${words.often(change)} |
</#list>
</#if>
<#if c.facts?has_content || c.units?has_content>

| What | Before | Now |
|---|---|---|
<#list (c.facts + c.units)[0..*most] as one>
| ${one.what} | ${one.before?truncate_c(200)} | ${one.now?truncate_c(200)} |
</#list>
</#if>
<#assign shifts = words.shifts()>
<#if words.unproved()?has_content>

${words.unproved()}
</#if>
<#if shifts?has_content>

| Time | Before | Now | Change | |
|---|--:|--:|--:|---|
<#list shifts[0..*most] as shift>
| ${shift.name} | ${words.seconds(shift.base.median())} | ${words.seconds(shift.fresh.median())} | ${words.by(shift)} | ${words.proof(shift)} ${words.remarks(shift)} |
</#list>
</#if>
