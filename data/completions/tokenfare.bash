# bash completion for tokenfare
# SPDX-License-Identifier: GPL-3.0-or-later

_tokenfare ()
{
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  local periods='today yesterday week month last-month year all'
  local filters='--from --to --client --model --project --session --machine --help'
  local words=

  case $before in
    --by) words='day week month hour client model project branch session machine' ;;
    --client) words='amp antigravity claude cline codex copilot_cli droid gemini_cli goose grok hermes kilocode kimi mimo omp openclaw opencode pi_agent qwen roo_code' ;;
    --mode) words='fast priority flex batch regional us_only' ;;
    --format) [ "$command" = statusline ] && words='minimal full waybar i3blocks polybar tmux json' || words='json csv' ;;
    --period) words='today yesterday week month last-month year all' ;;
    --what) words='usage days sessions events' ;;
    -o | --output) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --from | --to | --model | --session | --machine | --name | --as | --at | --provider | --alias | --port | --host) return ;;
    --project) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    *)
      if [ "$COMP_CWORD" = 1 ]
      then words='report events sessions session why whatif export budget quota statusline pricing db doctor tailscale serve share setup update uninstall demo --json --help --version'
      else
        case $command in
          report) words="$periods $filters --by --json --csv" ;;
          events | sessions | why) words="$periods $filters --json" ;;
          whatif) words="$periods $filters --as --json" ;;
          export) words="$periods $filters --format --what --output" ;;
          share)
            [[ $word == -* ]] || { mapfile -t COMPREPLY < <(compgen -d -- "$word"); return; }
            words='--names --name --off --forget --json --help' ;;
          doctor | session | quota) words='--json --help' ;;
          tailscale) words='on off status --port --json --help' ;;
          budget) words='--check --json --help' ;;
          statusline) words='--period --format --no-emoji --install --uninstall --help' ;;
          serve) words='--port --host --help' ;;
          setup) words='--auto --yes --dry-run --no-service --no-tray --no-statusline --port --force --json --help' ;;
          update) words='--json --help' ;;
          uninstall) words='--auto --yes --dry-run --purge --json --help' ;;
          demo) mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -W '--help' -- "$word"); return ;;
          pricing)
            local rates='--input --cache-read --cache-write-5m --cache-write-1h --output --reasoning --provider'
            case ${COMP_WORDS[2]} in
              cost) words="$rates --at --mode" ;;
              set) words="$rates --from --alias" ;;
              reset) words='--all' ;;
              list) words='--provider' ;;
              import) [ "$COMP_CWORD" = 2 ] || { mapfile -t COMPREPLY < <(compgen -f -- "$word"); return; } ;;
            esac
            [ "$COMP_CWORD" != 2 ] || words='list show cost set reset import check'
            words="$words --json --help" ;;
          db)
            case ${COMP_WORDS[2]} in
              verify) words="$periods --from --to" ;;
              repair) words='--dry-run' ;;
            esac
            [ "$COMP_CWORD" != 2 ] || words='status sync verify repair resync watch'
            words="$words --json --help" ;;
        esac
      fi ;;
  esac

  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _tokenfare tokenfare
