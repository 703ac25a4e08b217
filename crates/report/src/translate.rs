//! An annex in another language: every text of the document by the messages of the language.
//!
//! Figures keep their values; only what is printed changes. A text that follows no message and is no
//! term or name is left in English and given back, so that the caller can refuse or say so.

use crate::charts::{ChartData, ChartText, Words};
use crate::{Annex, Block, Figure, Table, TableCell, TableRow};
use inclusion_language::Translator;
use std::collections::BTreeSet;

/// The annex in the language of a translator, and the texts that have no translation, each once.
///
/// ```
/// # use inclusion_report::{Annex, translate};
/// # use inclusion_language::{Language, Translator};
/// # fn french(annex: &Annex) {
/// let translator = Translator::new(Language::Fr, Default::default(), Default::default());
/// let (french, untranslated) = translate(annex, &translator);
/// assert!(untranslated.is_empty(), "{untranslated:?}");
/// # }
/// ```
pub fn translate(annex: &Annex, translator: &Translator) -> (Annex, Vec<String>) {
    let mut out = annex.clone();
    let mut desk = Desk { translator, untranslated: BTreeSet::new() };
    desk.annex(&mut out);
    (out, desk.untranslated.into_iter().collect())
}

struct Desk<'a> {
    translator: &'a Translator,
    untranslated: BTreeSet<String>,
}

impl Desk<'_> {
    fn text(&mut self, text: &mut String) {
        match self.translator.text(text) {
            Some(translated) => *text = translated,
            None => {
                self.untranslated.insert(text.clone());
            }
        }
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut String>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn annex(&mut self, annex: &mut Annex) {
        annex.language = self.translator.language();
        self.texts([&mut annex.title, &mut annex.period, &mut annex.source]);
        self.texts(&mut annex.subtitle);
        self.texts(&mut annex.date);
        self.texts(&mut annex.findings);
        for section in &mut annex.sections {
            self.text(&mut section.title);
            for block in &mut section.blocks {
                match block {
                    Block::Text(text) => self.text(text),
                    Block::Definitions { title, items } => {
                        self.text(title);
                        for (term, paragraphs) in items {
                            self.text(term);
                            self.texts(paragraphs);
                        }
                    }
                    Block::Table(table) => self.table(table),
                    Block::Figure(figure) => self.figure(figure),
                }
            }
        }
    }

    fn table(&mut self, table: &mut Table) {
        self.texts([&mut table.title, &mut table.subtitle, &mut table.stub, &mut table.source]);
        self.texts(table.heads.iter_mut().map(|head| &mut head.title));
        self.texts(table.spanners.iter_mut().map(|(title, _)| title));
        self.texts(table.notes.iter_mut().map(|note| &mut note.text));
        for row in &mut table.rows {
            match row {
                TableRow::Group { label, .. } => self.text(label),
                TableRow::Cells { label, cells, .. } => {
                    self.text(label);
                    cells.iter_mut().for_each(|cell| self.cell(cell));
                }
            }
        }
    }

    fn cell(&mut self, cell: &mut TableCell) {
        self.text(&mut cell.text);
        self.texts(&mut cell.missing);
        self.texts(cell.interval.as_mut().map(|interval| &mut interval.text));
    }

    fn figure(&mut self, figure: &mut Figure) {
        self.texts([&mut figure.title, &mut figure.subtitle, &mut figure.source, &mut figure.alt]);
        match &mut figure.chart {
            ChartData::Dumbbell { text, rows } | ChartData::Bars { text, rows } => {
                self.chart(text);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.gap_text);
                }
            }
            ChartData::Lollipop { text, rows, .. } => {
                self.chart(text);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.text);
                }
            }
            ChartData::Ridgeline { text, steps, rows } => {
                self.chart(text);
                self.texts(steps);
                self.texts(rows.iter_mut().map(|row| &mut row.label));
            }
            ChartData::Forest { text, rows, .. } | ChartData::Ranking { text, rows } => {
                self.chart(text);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.group);
                    self.texts(&mut row.text);
                }
            }
            ChartData::Slope { text, years, rows } => {
                self.chart(text);
                self.texts([&mut years.0, &mut years.1]);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.from_text);
                    self.texts(&mut row.to_text);
                }
            }
            ChartData::Series { text, panels } => {
                self.chart(text);
                self.texts(panels.iter_mut().map(|panel| &mut panel.label));
            }
            ChartData::Choropleth { text, areas, outlined, .. }
            | ChartData::Tiles { text, areas, outlined, .. } => {
                self.chart(text);
                self.texts(areas.iter_mut().map(|area| &mut area.name));
                self.texts(outlined.iter_mut().map(|group| &mut group.label));
            }
            ChartData::Heatmap { text, columns, rows, .. } => {
                self.chart(text);
                self.texts(columns);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.group);
                    self.texts(row.cells.iter_mut().filter_map(|cell| cell.text.as_mut()));
                }
            }
            ChartData::Availability { text, columns, rows } => {
                self.chart(text);
                self.texts(columns);
                for row in rows {
                    self.text(&mut row.label);
                    self.texts(&mut row.group);
                }
            }
        }
    }

    fn chart(&mut self, text: &mut ChartText) {
        self.texts([&mut text.title, &mut text.subtitle, &mut text.source, &mut text.alt]);
        self.text(&mut text.value_axis_label);
        self.texts(&mut text.notes);
        let Words {
            language,
            women,
            men,
            total,
            right_header,
            reference,
            unreliable,
            withheld,
            missing,
            interval,
            beyond,
            band,
            series_break,
            target,
            required,
            incomplete,
            outlined,
            boundaries,
            to,
            equal_counts,
            equal_steps,
            sexes_latest,
            sexes_older,
            total_only,
            nothing,
            women_ahead,
            men_ahead,
            not_told,
            projection,
            fan,
            projected,
        } = &mut text.words;
        *language = self.translator.language();
        self.texts([women, men, total, right_header, reference, unreliable, withheld, missing]);
        self.texts([interval, beyond, band, series_break, target, required, incomplete, outlined]);
        self.texts([boundaries, to, equal_counts, equal_steps]);
        self.texts([sexes_latest, sexes_older, total_only, nothing]);
        self.texts([women_ahead, men_ahead, not_told, projection, fan, projected]);
    }
}
