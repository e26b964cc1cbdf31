/*
 * What a rule may ask over several lines. Its words are the names of the rule's parts; each part is
 * a test of one line. Names that two compared parts bind (`(?<device>…)`) must have one value.
 *
 *   down then panic within 30 s
 *   down without up within 1 min 30 s
 *   at least 3 of resets within 10 s
 *   error between mounted and unmounted
 */
grammar RuleCondition;

condition : sequence EOF ;

sequence
  : step tail
  | repeated
  ;

tail
  : (THEN step)+ within?                    # following
  | WITHOUT step within?                    # missing
  | BETWEEN step AND step                   # enclosed
  ;

repeated : AT LEAST NUMBER OF step within? ;

step : NAME ;

within : WITHIN timespan ;

// 30 s      1 min 30 s      500 ms
timespan : (NUMBER UNIT)+ ;

THEN : 'then' ;
WITHOUT : 'without' ;
WITHIN : 'within' ;
AT : 'at' ;
LEAST : 'least' ;
OF : 'of' ;
BETWEEN : 'between' ;
AND : 'and' ;
UNIT : 'ms' | 's' | 'min' | 'h' ;
NUMBER : [0-9]+ ;
NAME : [a-z] [a-z0-9-]* ;
BLANK : [ \t\r\n]+ -> skip ;
OTHER : . ;
