# fish completion for tokenfare
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c tokenfare -f

complete -c tokenfare -n __fish_use_subcommand -a report -d 'Sums of a period'
complete -c tokenfare -n __fish_use_subcommand -a events -d 'Every counted response'
complete -c tokenfare -n __fish_use_subcommand -a sessions -d 'What each session cost'
complete -c tokenfare -n __fish_use_subcommand -a session -d 'One session, turn by turn'
complete -c tokenfare -n __fish_use_subcommand -a why -d 'How the figures came about'
complete -c tokenfare -n __fish_use_subcommand -a whatif -d 'The same tokens at the prices of another model'
complete -c tokenfare -n __fish_use_subcommand -a export -d 'Figures as JSON or CSV'
complete -c tokenfare -n __fish_use_subcommand -a budget -d 'How much of the budgets is used'
complete -c tokenfare -n __fish_use_subcommand -a quota -d 'How much of the usage limits is used'
complete -c tokenfare -n __fish_use_subcommand -a statusline -d 'A line for Claude Code and for bars'
complete -c tokenfare -n __fish_use_subcommand -a pricing -d 'Prices'
complete -c tokenfare -n __fish_use_subcommand -a db -d 'The index'
complete -c tokenfare -n __fish_use_subcommand -a serve -d 'Answers for other programs over HTTP'
complete -c tokenfare -n __fish_use_subcommand -a demo -d 'A home with invented logs'
complete -c tokenfare -n __fish_use_subcommand -l version -d 'Show the version'

complete -c tokenfare -s h -l help -d 'Show help'
complete -c tokenfare -l json -d 'Print JSON'

set -l filtered '__fish_seen_subcommand_from report events sessions why whatif export'
complete -c tokenfare -n $filtered -a 'today yesterday week month last-month year all' -d 'Period'
complete -c tokenfare -n $filtered -l from -x -d 'First day, YYYY-MM-DD'
complete -c tokenfare -n $filtered -l to -x -d 'Last day, included, YYYY-MM-DD'
complete -c tokenfare -n $filtered -l client -x -a 'amp antigravity claude cline codex copilot_cli droid gemini_cli goose grok hermes kilocode kimi mimo omp openclaw opencode pi_agent qwen roo_code' -d 'Only this client'
complete -c tokenfare -n $filtered -l model -x -d 'Only this model'
complete -c tokenfare -n $filtered -l project -x -a '(__fish_complete_directories)' -d 'Only this project'
complete -c tokenfare -n $filtered -l session -x -d 'Only this session'

set -l report '__fish_seen_subcommand_from report'
complete -c tokenfare -n $report -l by -x -a 'day week month hour client model project branch session' -d 'Group'
complete -c tokenfare -n $report -l csv -d 'Print comma-separated values'

complete -c tokenfare -n '__fish_seen_subcommand_from whatif' -l as -x -d 'The other model'
set -l export '__fish_seen_subcommand_from export'
complete -c tokenfare -n $export -l format -x -a 'json csv' -d 'Format'
complete -c tokenfare -n $export -l what -x -a 'usage days sessions events' -d 'What to write'
complete -c tokenfare -n $export -s o -l output -r -F -d 'File to write to'

complete -c tokenfare -n '__fish_seen_subcommand_from budget' -l check -d 'End with 1 when a budget is used up'
set -l statusline '__fish_seen_subcommand_from statusline'
complete -c tokenfare -n $statusline -l period -x -a 'today yesterday week month last-month year all' -d 'What to sum up'
complete -c tokenfare -n $statusline -l format -x -a 'minimal full waybar i3blocks polybar tmux json' -d 'Format'
complete -c tokenfare -n $statusline -l no-emoji -d 'Leave out the emoji'
complete -c tokenfare -n $statusline -l install -d 'Have Claude Code show the line'
complete -c tokenfare -n $statusline -l uninstall -d 'Give back the line before'
set -l serve '__fish_seen_subcommand_from serve'
complete -c tokenfare -n $serve -l port -x -d 'Port to listen on'
complete -c tokenfare -n $serve -l host -x -d 'Name of this computer behind a proxy'

complete -c tokenfare -n '__fish_seen_subcommand_from demo' -x -a '(__fish_complete_directories)'

set -l pricing '__fish_seen_subcommand_from pricing'
complete -c tokenfare -n $pricing -a 'list show cost set reset import check'
for kind in input cache-read cache-write-5m cache-write-1h output reasoning
    complete -c tokenfare -n $pricing -l $kind -x -d 'Tokens, or USD per million'
end
complete -c tokenfare -n $pricing -l at -x -d 'Time of the request'
complete -c tokenfare -n $pricing -l provider -x -d 'Who sold it'
complete -c tokenfare -n $pricing -l mode -x -a 'fast priority flex batch regional us_only' -d 'How it was served'
complete -c tokenfare -n $pricing -l from -x -d 'First day of the price'
complete -c tokenfare -n $pricing -l alias -x -d 'Another name'
complete -c tokenfare -n $pricing -l all -d 'Every price'
complete -c tokenfare -n '__fish_seen_subcommand_from import' -F

complete -c tokenfare -n '__fish_seen_subcommand_from db' -a 'status sync verify repair resync watch'
complete -c tokenfare -n '__fish_seen_subcommand_from repair' -l dry-run -d 'Only tell what would be done'
complete -c tokenfare -n '__fish_seen_subcommand_from verify' -a 'today yesterday week month last-month year all' -d 'Period'
