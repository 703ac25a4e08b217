//! The annex as a LaTeX document with `booktabs` and `longtable`.
//!
//! The file needs the charts beside it, as `NAME.png`. Every text of the study is escaped: no
//! character of it can begin a command, and nothing asks for a shell.

mod escape;
mod table;

use crate::paper;
use crate::{Annex, Block, Figure};
use escape::escape;
use inclusion_language::Language;

/// How the document is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatexOptions {
    /// Language of the document, as in BCP 47.
    pub language: String,
}

impl Default for LatexOptions {
    fn default() -> LatexOptions {
        LatexOptions { language: "en".into() }
    }
}

/// The whole annex.
pub fn latex(annex: &Annex, options: &LatexOptions) -> String {
    let mut out = format!(
        "{}{}\\newcommand{{\\studytitle}}{{{}}}\n\\newcommand{{\\methodsline}}{{{}}}\n\
         \\renewcommand{{\\contentsname}}{{{}}}\n\
         \\hypersetup{{pdftitle={{{}}},pdflang={{{}}},pdfcreator={{inclusion {}}}}}\n\\begin{{document}}\n\
         \\thispagestyle{{plain}}\n{{\\fontsize{{20}}{{25}}\\selectfont\\bfseries\\raggedright {}\\par}}\n",
        include_str!("latex/preamble.tex"),
        script(annex.language),
        escape(&annex.title),
        escape(&annex.say("methods-hash", &[("name", &annex.methods_hash)])),
        escape(&annex.say("contents", &[])),
        escape(&annex.title),
        escape(&options.language),
        escape(&annex.program_version),
        escape(&annex.title),
    );
    if let Some(subtitle) = &annex.subtitle {
        out.push_str(&format!("{{\\large\\color{{soft}} {}\\par}}\n", escape(subtitle)));
    }
    for line in [Some(&annex.period), annex.date.as_ref(), Some(&annex.source)] {
        if let Some(line) = line.filter(|line| !line.is_empty()) {
            out.push_str(&format!("{{\\small\\color{{soft}} {}\\par}}\n", escape(line)));
        }
    }
    if !annex.findings.is_empty() {
        out.push_str("\\begin{itemize}\n");
        for finding in &annex.findings {
            // An item that begins with a bracket would be read as an option.
            out.push_str(&format!("\\item {{}}{}\n", escape(finding)));
        }
        out.push_str("\\end{itemize}\n");
    }
    let mut across = false;
    for block in annex.sections.iter().filter(|s| s.id == "findings").flat_map(|s| &s.blocks) {
        turn(&mut out, &mut across, block);
        self::block(annex, block, &mut out);
    }
    turn_to(&mut out, &mut across, false);
    out.push_str("\\clearpage\n\\tableofcontents\n\\clearpage\n");
    for section in annex.sections.iter().filter(|s| s.id != "findings") {
        match section.blocks.first() {
            Some(first) => turn(&mut out, &mut across, first),
            None => turn_to(&mut out, &mut across, false),
        }
        out.push_str(&format!("\\section{{{}}}\n", escape(&section.title)));
        for block in &section.blocks {
            turn(&mut out, &mut across, block);
            self::block(annex, block, &mut out);
        }
    }
    turn_to(&mut out, &mut across, false);
    out.push_str(&format!(
        "\n{{\\tablenotes {}\\par}}\n\\end{{document}}\n",
        escape(&annex.sentence(&annex.made_with()))
    ));
    out
}

/// What a language in other letters than Latin needs. Arabic is compiled with lualatex: xelatex would turn the
/// digits around a decimal point; a page turned by `pdflscape` would lose its table, so the paper is turned.
fn script(language: Language) -> &'static str {
    match language {
        Language::En | Language::Fr | Language::Es => "",
        Language::Ru => "\\ifPDFTeX\\usepackage[T2A]{fontenc}\\fi\n",
        Language::Ar => {
            "\\usepackage[bidi=basic,layout=tabular.lists.sectioning.counters.contents]{babel}\n\
             \\babelprovide[import,main]{arabic}\n\
             \\directlua{luaotfload.add_fallback('latin', {'Noto Sans:mode=node;'})}\n\
             \\babelfont{sf}[RawFeature={fallback=latin}]{Noto Sans Arabic}\n\
             \\newfontfamily\\latinface{Noto Sans}\n\
             \\AtBeginDocument{\\renewcommand{\\textasciigrave}{{\\latinface\\char96}}\
             \\renewcommand{\\textquotesingle}{{\\latinface\\char39}}}\n\
             \\newcommand{\\turnedpaper}[2]{\\clearpage\\paperwidth=#1\\paperheight=#2\\pagewidth=#1\\pageheight=#2\
             \\newgeometry{margin=20mm,headheight=14pt}}\n\
             \\renewenvironment{landscape}{\\turnedpaper{297mm}{210mm}}{\\turnedpaper{210mm}{297mm}}\n\
             \\newcommand{\\unturned}[1]{\\directlua{Babel.mirroring_enabled=false}#1\\directlua{Babel.mirroring_enabled=true}}\n"
        }
        Language::Zh => {
            "\\usepackage{xeCJK}\n\\setCJKmainfont{Noto Sans CJK SC}\n\\setCJKsansfont{Noto Sans CJK SC}\n"
        }
    }
}

fn turn(out: &mut String, across: &mut bool, block: &Block) {
    let wanted = matches!(block, Block::Table(table) if paper::paper(table).across);
    turn_to(out, across, wanted);
}

fn turn_to(out: &mut String, across: &mut bool, wanted: bool) {
    if *across != wanted {
        out.push_str(if wanted { "\\begin{landscape}\n" } else { "\\end{landscape}\n" });
        *across = wanted;
    }
}

fn block(annex: &Annex, block: &Block, out: &mut String) {
    match block {
        Block::Text(words) => out.push_str(&format!("{}\n\n", escape(words))),
        Block::Definitions { title, items } => {
            out.push_str(&format!("\\subsection{{{}}}\n", escape(title)));
            for (term, paragraphs) in items {
                out.push_str(&format!(
                    "{{\\small\\color{{soft}} {}\\par\\nobreak}}\n",
                    escape(term)
                ));
                for words in paragraphs {
                    out.push_str(&format!("{}\n\n", escape(words)));
                }
            }
        }
        Block::Table(table) => table::table(annex, table, out),
        Block::Figure(figure) => self::figure(annex, figure, out),
    }
}

fn figure(annex: &Annex, figure: &Figure, out: &mut String) {
    let alt = if figure.alt.is_empty() { &figure.title } else { &figure.alt };
    out.push_str(&format!(
        "\\begin{{minipage}}{{\\textwidth}}\n{{\\small\\color{{soft}} {}\\par}}\n\
         \\includegraphics[width=\\textwidth,height=0.82\\textheight,keepaspectratio,alt={{{}}}]{{{}.png}}\n\
         \\end{{minipage}}\n\n",
        escape(&annex.titled("figure-title", figure.number, &figure.title)),
        escape(alt),
        figure.name
    ));
}
