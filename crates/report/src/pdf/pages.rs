//! Pages that are laid out part by part.
//!
//! The typesetter remembers all that it has laid out, several kilobytes a cell, because it lays out a document
//! until the page numbers in it agree with the pages. In an annex of many parts it forgets each part before
//! the next, of which a page keeps what is drawn and what its tags say; then only the pages themselves grow with
//! the annex.

use comemo::{Constraint, Track};
use std::sync::Arc;
use typst::diag::{SourceResult, bail};
use typst::engine::{Engine, Route, Sink};
use typst::foundations::{Content, Context, Func, Output, StyleChain, Target, Value};
use typst::introspection::{EmptyIntrospector, Introspector, Locator, MetadataElem, Tag};
use typst::layout::grid::resolve::Entry;
use typst::layout::{Frame, FrameItem, GroupItem, Point};
use typst::model::{Document, DocumentInfo, TableCell, TableElem};
use typst::syntax::Span;
use typst::utils::Protected;
use typst_layout::{Page, PagedDocument, PagedIntrospector, layout_document_for_bundle};

/// How often it is laid out before page numbers that do not agree are an error.
const TRIALS: usize = 5;

/// The document of a template that ends with functions that make its parts, as the only metadata.
pub(super) struct Pages(pub(super) PagedDocument);

impl Output for Pages {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Pages> {
        let parts = parts(content);
        let mut known: Option<Arc<PagedIntrospector>> = None;
        for _ in 0..TRIALS {
            let constraint = Constraint::new();
            let introspector: &dyn Introspector = match &known {
                Some(known) => known.as_ref(),
                None => &EmptyIntrospector,
            };
            let introspector = introspector.track_with(&constraint);
            let mut sink = Sink::new();
            let mut locator = Locator::root().split();
            let mut pages: Vec<Page> = Vec::new();
            let mut info: Option<DocumentInfo> = None;
            for (place, part) in parts.iter().enumerate() {
                let mut own = Engine {
                    library: engine.library,
                    world: engine.world,
                    introspector: Protected::new(introspector),
                    traced: engine.traced,
                    sink: sink.track_mut(),
                    route: Route::default(),
                };
                let locator = locator.next(&place);
                let none: [Value; 0] = [];
                let part = part.call(&mut own, Context::none().track(), none)?.display();
                let laid = layout_document_for_bundle(&mut own, &part, locator, styles)?;
                let first = pages.len();
                pages.extend(laid.pages().iter().map(|page| match parts.len() {
                    1 => page.clone(),
                    _ => Page { frame: copied(&page.frame), ..page.clone() },
                }));
                info.get_or_insert_with(|| laid.info().clone());
                if parts.len() > 1 {
                    drop((laid, part));
                    comemo::evict(0);
                    pages[first..].iter_mut().for_each(|page| lighten(&mut page.frame));
                }
            }
            for (number, page) in (1..).zip(&mut pages) {
                page.number = number;
            }
            let document =
                PagedDocument::new(pages.into_iter().collect(), info.unwrap_or_default());
            if constraint.validate(document.introspector().as_ref() as &dyn Introspector) {
                for error in sink.delayed() {
                    engine.sink.delayed_error(error);
                }
                return Ok(Pages(document));
            }
            known = Some(document.introspector().clone());
        }
        bail!(Span::detached(), "the page numbers do not agree after {TRIALS} trials");
    }

    fn introspector(&self) -> &dyn Introspector {
        self.0.introspector().as_ref()
    }
}

/// A frame with room for what is in it and no more, away from what is forgotten.
fn copied(frame: &Frame) -> Frame {
    let mut copy = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        copy.set_baseline(frame.baseline());
    }
    let items: Vec<(Point, FrameItem)> = frame
        .items()
        .map(|(at, item)| match item {
            FrameItem::Group(group) => {
                let frame = copied(&group.frame);
                (*at, FrameItem::Group(GroupItem { frame, ..group.clone() }))
            }
            other => (*at, other.clone()),
        })
        .collect();
    copy.push_multiple(items);
    copy
}

/// Takes out of the tags of tables what is in their cells: it is drawn already, and a tag says nothing of it.
fn lighten(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => lighten(&mut group.frame),
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(cell) = element.to_packed_mut::<TableCell>() {
                    cell.body = Content::empty();
                } else if let Some(table) = element.to_packed_mut::<TableElem>() {
                    table.children = Vec::new();
                    // What is forgotten held it, too; now it is the tag's own.
                    let grid = table.grid.as_mut().and_then(Arc::get_mut);
                    for entry in grid.into_iter().flat_map(|grid| &mut grid.entries) {
                        if let Entry::Cell(cell) = entry {
                            cell.body = Content::empty();
                        }
                    }
                }
            }
            _ => {}
        }
        true
    });
}

/// The functions in the metadata of the template that make its parts.
fn parts(content: &Content) -> Vec<Func> {
    let mut parts = Vec::new();
    content.sequence_recursive_for_each(&mut |element| {
        if let Some(metadata) = element.to_packed::<MetadataElem>()
            && let Value::Array(array) = &metadata.value
        {
            let own = array.iter().cloned().map(Value::cast::<Func>);
            parts.extend(
                own.map(|part| part.expect("invariant: the template makes parts by functions")),
            );
        }
    });
    parts
}
