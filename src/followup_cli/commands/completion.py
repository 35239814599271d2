"""`completion`: the script that makes a shell complete followup's words."""

import sys
from typing import Annotated

from typer import Argument

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError

EXAMPLES = """Examples:

  followup completion bash > ~/.local/share/bash-completion/completions/followup

  followup completion zsh > ~/.zfunc/_followup

  followup completion fish > ~/.config/fish/completions/followup.fish

  followup completion powershell >> $PROFILE
"""
_BASH = r"""# bash completion for followup: source this, or put it where bash-completion looks
_followup() {
    local cur="${COMP_WORDS[COMP_CWORD]}" line value meaning i width=0
    local -a values=() meanings=()
    COMPREPLY=()
    [[ $cur == "=" ]] && cur=""
    while IFS= read -r line; do
        value="${line%%$'\t'*}"
        meaning="${line#*$'\t'}"
        # Bash takes "=" as a word of its own: only what follows it is put in.
        [[ ${COMP_WORDS[COMP_CWORD]} != -* ]] && value="${value##--*=}"
        values+=("$value")
        (( ${#value} > width )) && width=${#value}
        meanings+=("$meaning")
    done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$cur" 2>/dev/null)
    if [[ ${#values[@]} -eq 1 ]]; then
        COMPREPLY=("${values[0]}")
        return
    fi
    # What each means is shown in the list, and never put in: the values differ before it begins.
    for i in "${!values[@]}"; do
        if [[ -n ${meanings[i]} && ${COMP_TYPE:-9} != 37 ]]; then
            COMPREPLY+=("$(printf '%-*s  (%s)' "$width" "${values[i]}" "${meanings[i]}")")
        else
            COMPREPLY+=("${values[i]}")
        fi
    done
}
complete -o default -o nosort -F _followup followup 2>/dev/null || complete -o default -F _followup followup
"""
_ZSH = r"""#compdef followup
_followup() {
    local line
    local -a offers
    for line in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        offers+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( ${#offers} )); then
        _describe -V followup offers
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _followup ]]; then
    _followup "$@"
else
    compdef _followup followup
fi
"""
_FISH = r"""# fish completion for followup
function __followup_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l offers ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    if test (count $offers) -gt 0
        printf '%s\n' $offers
    else
        __fish_complete_path "$current"
    end
end
complete -c followup -k -f -a '(__followup_complete)'
"""
_POWERSHELL = r"""# PowerShell completion for followup
Register-ArgumentCompleter -Native -CommandName followup -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $last = if ($wordToComplete) { $wordToComplete } else { '""' }
    followup __complete @words $last 2>$null | ForEach-Object {
        $value, $meaning = $_ -split "`t", 2
        if (-not $meaning) { $meaning = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $meaning)
    }
}
"""
SCRIPTS: dict[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}


def run(
    shell: Annotated[str, Argument(metavar="SHELL", help=f"One of {', '.join(SCRIPTS)}.")],
) -> None:
    """Print the script that completes commands, options, ids, codes, states and fields in a shell."""
    name = shell.strip().casefold()
    if name not in SCRIPTS:
        meant = nearest(name, SCRIPTS)
        hint = f"did you mean `{meant}`?" if meant else f"the shells are {', '.join(SCRIPTS)}"
        raise FollowupError(f"there is no script for `{shell}`", hint)
    sys.stdout.write(SCRIPTS[name])
