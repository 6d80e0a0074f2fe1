"""The scripts by which shells ask cvtex how a line goes on, and its answers.

All four hand on the line as it is typed, up to the cursor, in `CVTEX_LINE`; an answer is a kind
(`plain`, `file`, `dir`), a text and what it means, with a tab between each. A text that ends with
`.` or `=` goes on, so no space follows it.
"""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

# bash breaks words at "=" (COMP_WORDBREAKS); macOS has 3.2, without `compopt` and `nosort`.
BASH = """\
%(complete_func)s() {
    local kind value help
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain)
                COMPREPLY+=("$value")
                case $value in *[.=]) compopt -o nospace 2>/dev/null ;; esac ;;
        esac
    done < <(CVTEX_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

ZSH = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local kind value help line="${(j: :)words[1,CURRENT-1]} $PREFIX"
    local -i none=1
    local -a described plain begun
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            dir|file)
                [[ $PREFIX == --*=* ]] && compset -P '*='
                if [[ $kind == dir ]]; then _path_files -/; else _path_files -f; fi && none=0 ;;
            plain)
                if [[ $value == *[.=] ]]; then begun+=("$value")
                elif [[ -n $help ]]; then described+=("${value//:/\\\\:}:$help")
                else plain+=("$value"); fi ;;
        esac
    done < <(CVTEX_LINE="$line" %(complete_var)s=zsh_complete $words[1] 2>/dev/null)
    (( $#described )) && _describe -V unsorted described -U && none=0
    (( $#plain )) && compadd -U -V unsorted -a plain && none=0
    (( $#begun )) && compadd -U -S '' -V unsorted -a begun && none=0
    return none
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

FISH = """\
function %(complete_func)s
    set -l line (commandline --current-process --cut-at-cursor | string collect)
    set -l token (commandline --current-token --cut-at-cursor | string collect)
    set -l option (string match --regex '^--[^=]*=' -- $token)
    set -l begun (string replace --regex '^--[^=]*=' '' -- $token)
    for answer in (env CVTEX_LINE="$line" %(complete_var)s=fish_complete %(prog_name)s 2>/dev/null)
        set -l part (string split --max 2 \\t -- $answer)
        switch $part[1]
            case dir
                __fish_complete_directories "$begun" | string replace --regex '^' -- "$option"
            case file
                __fish_complete_path "$begun" | string replace --regex '^' -- "$option"
            case plain
                printf '%%s\\t%%s\\n' $part[2] "$part[3]"
        end
    end
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""

POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition)
    $env:CVTEX_LINE = $line
    $env:%(complete_var)s = "powershell_complete"
    try {
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if (-not $help) { $help = $value }
            if ($kind -eq "plain") {
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        Remove-Item Env:CVTEX_LINE, Env:%(complete_var)s
    }
}
"""


class Shell(ShellComplete):
    """A shell, by the line that its script hands on."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is begun, and that one."""
        # the letter more shows whether a space at the end is within a word
        line = os.environ.get("CVTEX_LINE", "") + "x"
        _, *words, begun = ["", *click.shell_completion.split_arg_string(line)]
        self.begun = begun[:-1]
        return words[1:], self.begun

    def format_completion(self, item: CompletionItem) -> str:
        """Return an answer, a whole word of the line: of `--name=value` the name, too."""
        name, given, _ = self.begun.partition("=")
        before = f"{name}=" if given and name.startswith("--") and item.type == "plain" else ""
        help = " ".join((item.help or "").split())
        return f"{item.type}\t{before}{item.value}\t{help}"


class Bash(Shell):
    """bash, to which what stands behind the last `=` is a word."""

    name = "bash"
    source_template = BASH

    def format_completion(self, item: CompletionItem) -> str:
        """Return an answer, less what stands before the last `=` of the word."""
        kind, value, help = super().format_completion(item).split("\t")
        return f"{kind}\t{value[self.begun.rfind('=') + 1 :]}\t{help}"


class Zsh(Shell):
    """zsh."""

    name = "zsh"
    source_template = ZSH


class Fish(Shell):
    """fish 3.1 and newer."""

    name = "fish"
    source_template = FISH


class PowerShell(Shell):
    """PowerShell 5.1 and newer (`Register-ArgumentCompleter`)."""

    name = "powershell"
    source_template = POWERSHELL


for _shell in (Bash, Zsh, Fish, PowerShell):
    add_completion_class(_shell)
