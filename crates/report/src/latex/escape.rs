//! Text that LaTeX prints as it is.

/// Escapes a text: what is special to TeX, and the signs that the usual Latin fonts do not have.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in crate::paper::plain(text).chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '\'' => out.push_str("\\textquotesingle{}"),
            // Two hyphens would become a dash, and a bracket after a line break an option.
            '-' => out.push_str("-{}"),
            '[' | ']' => out.push_str(&format!("{{{letter}}}")),
            '*' => out.push_str("{*}"),
            '\u{A0}' => out.push('~'),
            '\u{202F}' | '\u{2009}' => out.push_str("\\,"),
            '\u{200B}' => out.push_str("\\hspace{0pt}"),
            '−' => out.push_str("\\ensuremath{-}"),
            '×' => out.push_str("\\ensuremath{\\times}"),
            '±' => out.push_str("\\ensuremath{\\pm}"),
            '≤' => out.push_str("\\ensuremath{\\leq}"),
            '≥' => out.push_str("\\ensuremath{\\geq}"),
            '≠' => out.push_str("\\ensuremath{\\neq}"),
            '≈' => out.push_str("\\ensuremath{\\approx}"),
            '√' => out.push_str("\\ensuremath{\\surd}"),
            '→' => out.push_str("\\ensuremath{\\rightarrow}"),
            '←' => out.push_str("\\ensuremath{\\leftarrow}"),
            '●' => out.push_str("\\ensuremath{\\bullet}"),
            '▲' => out.push_str("\\ensuremath{\\blacktriangle}"),
            'α' => out.push_str("\\ensuremath{\\alpha}"),
            'β' => out.push_str("\\ensuremath{\\beta}"),
            'ε' => out.push_str("\\ensuremath{\\varepsilon}"),
            'ρ' => out.push_str("\\ensuremath{\\rho}"),
            'Σ' => out.push_str("\\ensuremath{\\Sigma}"),
            'χ' => out.push_str("\\ensuremath{\\chi}"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_can_be_written_by_a_text() {
        let text = escape("\\write18{rm} $x_1^2$ # % & ~ \\input{/etc/passwd} ^^5cinput");
        assert_eq!(
            text,
            "\\textbackslash{}write18\\{rm\\} \\$x\\_1\\textasciicircum{}2\\$ \\# \\% \\& \\textasciitilde{} \
             \\textbackslash{}input\\{/etc/passwd\\} \\textasciicircum{}\\textasciicircum{}5cinput"
        );
        assert_eq!(escape("a\\\\[2pt]"), "a\\textbackslash{}\\textbackslash{}{[}2pt{]}");
        assert_eq!(escape("line\nbreak"), "line break");
    }

    #[test]
    fn signs_of_numbers_are_those_of_mathematics() {
        assert_eq!(escape("−1\u{202F}234.5"), "\\ensuremath{-}1\\,234.5");
    }
}
