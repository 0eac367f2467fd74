#!/bin/sh
# Counts links.blind.tsv; fails where a row is malformed or a NAME has no row in links.blind.names.tsv.
cd "$(dirname "$0")" || exit 1
f=links.blind.tsv
grep -oE '\[[^][|]+\|[^][|]+\|([A-Z]{3}|-)\]' $f | tr -d '[]' | awk -F'|' -v rows="$(wc -l <$f)" '
FNR == NR { split($0, c, "\t"); known[c[1]]; next }
{ n++; w[n] = $1; m[n] = $2; if ($2 == "-") u++; else if (!($2 in known)) { print "no row: " $2; bad = 1 }
  if (!(($1, $2) in seen)) { seen[$1, $2]; ways[$1]++ } if ($2 != "-" && $1 != $2) other++ }
END { for (i = 1; i <= n; i++) if (m[i] == "-" || ways[w[i]] > 1) a++
  printf "%d sentences, %d mentions\n%d unknown (%.1f%%)\n%d unknown or with words marked in two ways (%.1f%%)\n%d known by other words than the full name (%.1f%%)\n", rows, n, u, 100*u/n, a, 100*a/n, other, 100*other/n; exit bad }' links.blind.names.tsv - || exit 1
! grep -nvE '^[0-9]{4}-[0-9]{2}-[0-9]{2}	([^][|]|\[[^][|]+\|[^][|]+\|([A-Z]{3}|-)\])+$' $f
