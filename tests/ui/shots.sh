#!/usr/bin/env bash
# shots.sh FOLDER [SCREEN…]: screenshots of the window into FOLDER, all or the named ones.
#
# Works on a made-up home.  TOKENFARE_BUILD names the build folder, build/ by default.
# Six pictures each are put together in FOLDER/sheets, to be looked at.  Fails when a window said
# anything on its standard error, or needs more width than it has.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$(dirname "$here")")
build=${TOKENFARE_BUILD:-$root/build}
folder=${1:?the folder for the pictures}
shift
wanted=" $* "

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir -p "$folder" "$room/empty" "$room/logs"
folder=$(readlink -f "$folder")

export TOKENFARE_PKGDATA_DIR=${TOKENFARE_PKGDATA_DIR:-$root/pricing}
export GSETTINGS_SCHEMA_DIR=${GSETTINGS_SCHEMA_DIR:-$build/data}
export XDG_DATA_DIRS=$root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
export GTK_A11Y=none
export TOKENFARE_LOCALE_DIR=$room/locale

TZ=UTC "$here/make-home.py" "$room/busy"
TZ=UTC "$here/make-home.py" "$room/quiet" --quiet-days 3
TOKENFARE_DATA_DIR="$room/demo-state" "$build/src/cli/tokenfare" demo "$room/year" > /dev/null
mkdir -p "$room/damaged-state"
echo 'not a database, whatever its name says' > "$room/damaged-state/usage.sqlite3"
HOME="$room/busy" TOKENFARE_DATA_DIR="$room/newer-state" "$build/src/cli/tokenfare" db sync > /dev/null
python3 -c 'import sqlite3, sys; sqlite3.connect (sys.argv[1]).execute ("PRAGMA user_version = 9999")' \
  "$room/newer-state/usage.sqlite3"

# shot NAME HOME WIDTH HEIGHT [NAME=VALUE…] [-- OPTIONS OF ui-stage]
shot () {
  local name=$1 home=$2 width=$3 height=$4 variables=()
  shift 4
  [ "$wanted" = '  ' ] || [[ $wanted == *" $name "* ]] || return 0
  while [ $# -gt 0 ] && [ "$1" != -- ]
  do
    variables+=("$1")
    shift
  done
  [ $# = 0 ] || shift
  local state=$room/state-$name
  case $name in
    damaged*) cp -r "$room/damaged-state" "$state" ;;
    newer*) cp -r "$room/newer-state" "$state" ;;
  esac

  # Most of the time a picture waits until nothing moves any more; others can be taken meanwhile.
  echo "$name" >> "$room/taken"
  while [ "$(jobs -rp | wc -l)" -ge 3 ]
  do
    wait -n || true
  done
  take "$name" "$home" "$state" "$width" "$height" "$@" &
}

# take NAME HOME STATE WIDTH HEIGHT [OPTIONS OF ui-stage], with what shot has put into variables
take () {
  local name=$1 home=$2 state=$3 width=$4 height=$5
  shift 5

  # A screen of just this size.  What services of the session say is not the window's doing.
  UI_SCREEN=${width}x${height}x24 "$root/tests/uirun" env "${variables[@]}" \
    HOME="$room/$home" TOKENFARE_DATA_DIR="$state" \
    bash -c 'exec "$@" 2> "$0"' "$room/logs/$name" \
    "$build/tests/ui/ui-stage" --output "$folder/$name.png" --width "$width" --height "$height" "$@" \
    > /dev/null 2> "$room/others" || echo "$name failed" >> "$room/logs/$name"
}

# make_sheets KIND WIDTH COLUMNS NAME…: pictures scaled to WIDTH
make_sheets () {
  local kind=$1 width=$2 columns=$3 number=0 label name
  shift 3
  while [ $# -gt 0 ]
  do
    number=$((number + 1))
    local pictures=()
    for name in "${@:1:6}"
    do
      pictures+=(-label "$name" "$folder/$name.png")
    done
    montage -font DejaVu-Sans -pointsize 16 "${pictures[@]}" -tile "${columns}x" \
      -geometry "${width}x>+4+4" -background '#808080' \
      "$folder/sheets/$kind-$(printf %02d "$number").png"
    shift $(($# < 6 ? $# : 6))
  done
}

dark=ADW_DEBUG_COLOR_SCHEME=prefer-dark
contrast=ADW_DEBUG_HIGH_CONTRAST=1

shot overview        busy    1000 860
shot overview-dark   busy    1000 860  $dark
shot week            busy    1000 860  -- --range 7
shot contrast        busy    1000 860  $contrast
shot contrast-dark   busy    1000 860  $contrast $dark
shot narrow          busy     360 640
shot narrow-days     busy     360 640  -- --range 2025-12-30/2026-11-02
shot narrow-tall     busy     360 1500
shot narrow-dark     busy     360 640  $dark
shot narrow-contrast busy     360 640  $contrast
shot medium          busy     640 860
shot text-200        busy    1000 700  -- --text-scale 2
shot text-200-narrow busy     360 640  -- --text-scale 2
shot rtl             busy    1000 860  -- --rtl
shot hidden-amounts  busy    1000 860  -- --hide-amounts
shot unpriced        busy    1000 860  -- --range 7 --open unpriced
shot breakdown       busy    1000 700  -- --range 30 --open breakdown
shot breakdown-models busy   1000 700  -- --range 30 --open breakdown-models
shot breakdown-dark  busy    1000 700  $dark -- --range 30 --open breakdown
shot breakdown-narrow busy    360 640  -- --range 30 --open breakdown
shot breakdown-medium busy    640 700  -- --range 30 --open breakdown
shot breakdown-200   busy    1000 700  -- --range 30 --open breakdown --text-scale 2
shot breakdown-200-narrow busy 360 640 -- --range 30 --open breakdown --text-scale 2
shot breakdown-rtl   busy    1000 700  -- --range 30 --open breakdown --rtl
shot breakdown-hidden busy   1000 700  -- --range 30 --open breakdown --hide-amounts
shot range           busy    1000 700  -- --open range
shot custom          busy    1000 700  -- --open custom
shot custom-narrow   busy     360 700  -- --open custom
shot filter          busy    1000 700  -- --open filter --filter client=codex --filter model=gpt-5.4
shot filter-narrow   busy     360 640  -- --filter client=codex --filter model=gpt-5.4
shot filter-open-narrow busy  360 640  -- --open filter
shot menu            busy    1000 700  -- --open menu
shot limits          year    1000 1500  -- --range 30 --limits
shot help            busy     900 640  -- --open help-costs
shot help-narrow     busy     360 640  -- --open help-tray
shot nothing         quiet   1000 700
shot empty           empty   1000 700
shot empty-places    empty   1000 860  -- --open places
shot first-run       empty   1000 700  -- --state reading
shot pricing         busy    1000 860  -- --page pricing --range 30 --open pricing
shot pricing-dark    busy    1000 860  $dark -- --page pricing --range 30 --open pricing
shot pricing-medium  busy     640 860  -- --page pricing --range 30 --open pricing
shot pricing-narrow  busy     360 640  -- --page pricing --range 30 --open pricing
shot pricing-contrast busy   1000 860  $contrast -- --page pricing --range 30 --open pricing
shot pricing-contrast-dark busy 1000 860 $contrast $dark -- --page pricing --range 30 --open pricing
shot pricing-narrow-dark busy 360 640  $dark -- --page pricing --range 30 --open pricing
shot pricing-200     busy    1000 700  -- --page pricing --range 30 --open pricing --text-scale 2
shot pricing-rtl     busy    1000 860  -- --page pricing --range 30 --open pricing --rtl
shot pricing-hidden  busy    1000 860  -- --page pricing --range 30 --open pricing-what-if --hide-amounts
shot pricing-menu    busy    1000 860  -- --page pricing --range 30 --open pricing-menu
mkdir -p "$room/state-pricing-edited"
cat > "$room/state-pricing-edited/prices.json" <<'PRICES'
{"schema": 1, "kind": "tokenfare-prices", "models": [
  {"id": "claude-opus-4-8", "provider": "anthropic", "name": "Claude Opus 4.8", "class": "large-plus",
   "status": "list", "prices": [{"from": null, "input": 6, "output": 30, "cache_read": 0.5}],
   "as_of": "2026-01-01", "sources": ["own"]},
  {"id": "harbor-preview-2", "name": "Harbor Preview", "status": "list",
   "prices": [{"from": null, "input": 0, "output": 4}]}]}
PRICES
shot pricing-edited  busy    1000 860  -- --page pricing --range 30 --open pricing
shot pricing-json    busy    1000 860  -- --page pricing --range 30 --open pricing-json
shot pricing-json-dark busy  1000 860  $dark -- --page pricing --range 30 --open pricing-json
shot pricing-json-narrow busy 360 640  -- --page pricing --range 30 --open pricing-json
shot pricing-what-if busy    1000 860  -- --page pricing --range 30 --open pricing-what-if
shot pricing-import  busy    1000 860  -- --page pricing --range 30 --open pricing-import
shot pricing-error   busy    1000 860  -- --page pricing --range 30 --open pricing-error
shot pricing-editor  busy    1000 860  -- --page pricing --range 30 --open pricing-editor
shot damaged         busy    1000 700
shot newer           busy    1000 700
shot failed          busy    1000 700  -- --state failed
for page in sessions calendar pricing
do
  shot "$page-empty"   empty 1000 700  -- --page "$page"
  shot "$page-failed"  busy  1000 700  -- --page "$page" --state failed
  shot "damaged-$page" busy  1000 700  -- --page "$page"
done
shot damaged-narrow  busy     360 640
shot newer-narrow    busy     360 640
shot sessions-loading busy   1000 700  -- --page sessions --state blank
shot calendar-loading busy   1000 700  -- --page calendar --state busy
shot pricing-loading busy    1000 700  -- --page pricing --state loading
shot pricing-search-none busy 1000 700 -- --page pricing --search zzz
shot session-loading busy    1000 700  -- --page sessions --range 7 --open session --state blank
shot session-failed  busy    1000 700  -- --page sessions --range 7 --open session --state failed
shot session-failed-narrow busy 360 640 -- --page sessions --range 7 --open session --state failed
shot retention       busy    1000 700  -- --reminds
shot retention-narrow busy    360 640  -- --reminds

for page in general sources money integration data
do
  shot "preferences-$page" busy 640 760 -- --open "preferences-$page"
done
shot preferences-narrow    busy 360 640 -- --open preferences-sources
shot preferences-dark      busy 640 760 $dark -- --open preferences-money
shot preferences-contrast  busy 640 760 $contrast -- --open preferences-general

for style in classic elevated vibrant midnight paper liquid terminal brutalist arcade studio
do
  shot "style-$style"      busy 1000 700        -- --style "$style"
  shot "style-$style-dark" busy 1000 700  $dark -- --style "$style"
done

# A year of days, which only the invented home has.
calendar () {
  local name=$1 words=$2 width=$3 height=$4
  shift 4
  shot "$name" year "$width" "$height" "$@" -- --calendar "$words"
}

calendar calendar-3d           iso           1000 700
calendar calendar-3d-dark      iso           1000 700  $dark
calendar calendar-3d-contrast  iso           1000 700  $contrast
calendar calendar-3d-contrast-dark iso       1000 700  $contrast $dark
calendar calendar-3d-narrow-dark iso          360 640  $dark
calendar calendar-month-narrow-dark month     360 640  $dark
calendar calendar-month-contrast-dark month  1000 860  $contrast $dark
calendar calendar-3d-large     iso,root      1400 900
calendar calendar-3d-narrow    iso            360 640
calendar calendar-3d-turned    iso,turn,focus 1000 700 $dark
calendar calendar-3d-month     iso,one-month 1000 700
calendar calendar-3d-zoom      iso,zoom      1000 700
calendar calendar-year         year          1000 860
calendar calendar-year-dark    year,tokens   1000 860  $dark
calendar calendar-year-contrast year         1000 860  $contrast
calendar calendar-year-narrow  year           360 640
calendar calendar-month        month         1000 860
calendar calendar-month-dark   month,energy  1000 860  $dark
calendar calendar-month-contrast month       1000 860  $contrast
calendar calendar-month-narrow month          360 640
calendar calendar-table        year,table    1000 700
calendar calendar-table-narrow year,table     360 640
calendar calendar-day          iso,open      1000 700
calendar calendar-day-month    month,open    1000 760  $dark
calendar calendar-day-narrow   iso,open       360 640
shot     calendar-rtl          year 1000 700 -- --calendar iso --rtl
shot     calendar-hidden       year 1000 700 -- --calendar month --hide-amounts
shot     calendar-text-200     year 1000 700 -- --calendar year --text-scale 2
shot     calendar-text-200-3d  year 1000 700 -- --calendar iso --text-scale 2
for style in classic elevated vibrant midnight paper liquid terminal brutalist arcade studio
do
  shot "calendar-$style"      year 1000 700       -- --calendar iso --style "$style"
  shot "calendar-$style-dark" year 1000 700 $dark -- --calendar iso --style "$style"
done
shot     calendar-nothing      empty 1000 700 -- --calendar iso

shot sessions             busy  1000 700  -- --page sessions --range 7
shot sessions-dark        busy  1000 700  $dark -- --page sessions --range 7
shot sessions-narrow      busy   360 640  -- --page sessions --range 7
shot sessions-narrow-dark busy   360 640  $dark -- --page sessions --range 7
shot sessions-contrast    busy  1000 700  $contrast -- --page sessions --range 7
shot sessions-contrast-dark busy 1000 700 $contrast $dark -- --page sessions --range 7
shot sessions-200         busy  1000 700  -- --page sessions --range 7 --text-scale 2
shot sessions-rtl         busy  1000 700  -- --page sessions --range 7 --rtl
shot sessions-hidden      busy  1000 700  -- --page sessions --range 7 --hide-amounts
shot sessions-medium      busy   640 700  -- --page sessions --range 7
shot sessions-grouped     busy  1000 700  -- --page sessions --range 7 --group project
shot sessions-search-none busy  1000 700  -- --page sessions --range 7 --search zzz
shot session              busy  1000 700  -- --page sessions --range 7 --open session
shot session-dark         busy  1000 700  $dark -- --page sessions --range 7 --open session
shot session-contrast     busy  1000 700  $contrast -- --page sessions --range 7 --open session
shot session-narrow-dark  busy   360 640  $dark -- --page sessions --range 7 --open session
shot session-200          busy  1000 700  -- --page sessions --range 7 --open session --text-scale 2
shot session-narrow       busy   360 640  -- --page sessions --range 7 --open session
shot why                  busy  1000 700  -- --page sessions --range 7 --open why

# Words as long as any language has them, each in brackets, and a language without letters.
python3 "$root/tests/po/pseudo.py" "$root" "$room/locale"
cp -r "$build/po/." "$room/locale/"
for language in qps zh_CN de
do
  spoken="LANGUAGE=$language"
  for page in overview sessions pricing
  do
    shot "$language-$page"      year 1000 860 "$spoken" -- --page "$page" --range month
    shot "$language-$page-narrow" year 360 640 "$spoken" -- --page "$page" --range month
  done
  calendar "$language-calendar" iso          1000 700 "$spoken"
  calendar "$language-calendar-month" month  1000 860 "$spoken"
  calendar "$language-calendar-narrow" iso    360 640 "$spoken"
  calendar "$language-calendar-day"    iso,open 1000 700 "$spoken"
  shot "$language-breakdown"        year 1000 700 "$spoken" -- --range month --open breakdown
  shot "$language-breakdown-narrow" year  360 640 "$spoken" -- --range month --open breakdown
  shot "$language-session-narrow" busy 360 640 "$spoken" -- --page sessions --range 7 --open session
  shot "$language-preferences-narrow" busy 360 640 "$spoken" -- --open preferences-money
  shot "$language-session"      busy 1000 700 "$spoken" -- --page sessions --range 7 --open session
  shot "$language-preferences"  busy  640 760 "$spoken" -- --open preferences-general
done

wait

narrow=()
others=()
while read -r name
do
  [ -e "$folder/$name.png" ] || continue
  if [ "$(identify -format %w "$folder/$name.png")" -lt 500 ]
  then
    narrow+=("$name")
  else
    others+=("$name")
  fi
done < <(cat "$room/taken" 2> /dev/null)

rm -rf "$folder/sheets"
mkdir "$folder/sheets"
make_sheets narrow 330 6 "${narrow[@]}"
make_sheets wide 660 3 "${others[@]}"

# Nothing that was said is overlooked.
said=0
for log in "$room"/logs/*
do
  [ -s "$log" ] || continue
  said=1
  sed "s|^|${log##*/}: |" "$log" >&2
done

exit $said
