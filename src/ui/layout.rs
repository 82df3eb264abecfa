//! Terminal size and mode → panes: a pure function, so that the app can decide what is visible
//! before anything is drawn.

use crate::app::viewport::{Area, Viewport};
use crate::app::{App, Overlay, Pane, Screen};

use super::{comparison, details, importing};

/// Below this nothing but one line fits.
pub const SMALLEST: (u16, u16) = (20, 5);
/// From here list and reader stand side by side.
pub const TWO_PANES: u16 = 80;
/// From here the entities have a column of their own, and the comparison is a matrix.
pub const THREE_PANES: u16 = 110;
/// From here the comparison has one fixed column an outlet.
pub const WIDE: u16 = 160;

/// Whether a terminal of this size shows more than one line.
#[must_use]
pub fn fits(width: u16, height: u16) -> bool {
    width >= SMALLEST.0 && height >= SMALLEST.1
}

/// The panes of the current screen.
#[must_use]
pub fn layout(app: &App, width: u16, height: u16) -> Viewport {
    let screen = Area { x: 0, y: 0, width, height };
    let mut viewport = Viewport { screen, measure: app.measure.min(width.max(1)), ..Viewport::default() };
    if !fits(width, height) {
        return viewport;
    }
    let body = body(app, screen);
    match app.screen() {
        Screen::Main | Screen::Article => main(app, body, &mut viewport),
        Screen::Search => search(app, body, &mut viewport),
        Screen::Comparison => comparison::place(app, body, &mut viewport),
        Screen::Stories => viewport.list = inner(body),
        Screen::Versions => {
            viewport.reader = body;
            set_measure(app, &mut viewport);
        }
    }
    if let Some(overlay) = &app.overlay {
        viewport.overlay = match overlay {
            Overlay::Importing => {
                let refused = app.progress.as_ref().map_or(0, |progress| progress.latest_refused.len());
                let refused = u16::try_from(refused * 2).unwrap_or(u16::MAX);
                let most = height.saturating_sub(6);
                centred(screen, 76, importing::ROWS.saturating_add(refused).min(most))
            }
            Overlay::Report(report) => {
                let rows = u16::try_from(report.lines().len()).unwrap_or(u16::MAX);
                // While it is narrowed it keeps its height, and the typed line stands above.
                let most = height.saturating_sub(7).max(3);
                let is_narrowed = report.is_filtering || !report.filter.text().is_empty();
                centred(screen, 76, if is_narrowed { most } else { rows.clamp(3, most + 1) })
            }
            Overlay::Details(_) => centred(screen, 76, details::ROWS.min(height.saturating_sub(4))),
            Overlay::Prompt(prompt) => {
                let rows = u16::try_from(prompt.count()).unwrap_or(0).min(height.saturating_sub(8));
                at_bottom(screen, 72, rows + 1)
            }
            Overlay::Picker(_) => centred(screen, 72, height.saturating_sub(8).min(18)),
            Overlay::Help(help) => {
                let rows = u16::try_from(help.rows().len()).unwrap_or(u16::MAX);
                centred(screen, 76, rows.max(3).min(height.saturating_sub(7)).max(1))
            }
        };
    }
    viewport
}

/// The rows between breadcrumb and hints.
#[must_use]
pub fn body(app: &App, screen: Area) -> Area {
    // The comparison's views stand right below the breadcrumb, and the rule below them.
    let has_rule = screen.height >= 8 && app.screen() != Screen::Comparison;
    let top = if has_rule { 2 } else { 1 };
    Area { x: 0, y: top, width: screen.width, height: screen.height.saturating_sub(top + 1) }
}

fn inner(body: Area) -> Area {
    Area { x: body.x, width: body.width, ..body }
}

fn main(app: &App, body: Area, viewport: &mut Viewport) {
    let alone = app.zen || app.screen() == Screen::Article;
    if body.width < TWO_PANES {
        match app.focus() {
            Pane::List => viewport.list = with_foot(body),
            Pane::Reader => viewport.reader = body,
            Pane::Panel => viewport.panel = panel(body),
        }
        set_measure(app, viewport);
        return;
    }
    let mut rest = body;
    if !alone {
        let width = (body.width * 2 / 7).clamp(30, 44);
        viewport.list = with_foot(Area { width, ..body });
        rest = Area { x: body.x + width + 1, width: body.width - width - 1, ..body };
    }
    let panel_width = (body.width / 5).clamp(26, 36);
    if body.width >= THREE_PANES && !app.zen {
        let x = rest.x + rest.width - panel_width;
        viewport.panel = panel(Area { x, width: panel_width, ..body });
        rest.width -= panel_width + 1;
    } else if app.focus() == Pane::Panel {
        // No column of its own: it lies over the right side of the text.
        let x = rest.x + rest.width - panel_width;
        viewport.panel = panel(Area { x, width: panel_width, ..body });
    }
    viewport.reader = rest;
    set_measure(app, viewport);
}

/// Room for the line of counts below the list.
fn with_foot(area: Area) -> Area {
    let foot = if area.height >= 10 { 2 } else { 0 };
    Area { height: area.height - foot, ..area }
}

/// Room for margins and the legend of the coverage strips.
fn panel(area: Area) -> Area {
    let foot = if area.height >= 10 { 2 } else { 0 };
    Area { height: area.height - foot, ..area }
}

fn set_measure(app: &App, viewport: &mut Viewport) {
    let room = viewport.reader.width;
    // One column on each side, and one for the scroll mark.
    let margins = if room >= 50 { 4 } else { 2 };
    viewport.measure = app.measure.min(room.saturating_sub(margins)).max(1);
}

fn search(app: &App, body: Area, viewport: &mut Viewport) {
    // Query and chips stand above, parted by a rule.
    let top = if body.height >= 8 { 3 } else { 1 };
    let hits = Area { y: body.y + top, height: body.height.saturating_sub(top), ..body };
    // While nothing is typed there is no passage to show.
    if body.width < TWO_PANES || app.finder.line.text().trim().is_empty() {
        viewport.list = hits;
    } else {
        let width = body.width * 2 / 5;
        viewport.list = Area { width, ..hits };
        viewport.reader = Area { x: width + 1, width: body.width - width - 1, ..hits };
    }
    set_measure(app, viewport);
}

/// The same above the last line, so that the text that it is about stays in sight.
fn at_bottom(screen: Area, width: u16, height: u16) -> Area {
    let area = centred(screen, width, height);
    Area { y: screen.height.saturating_sub(area.height + 2).max(area.y.min(2)), ..area }
}

/// An area of at most `width` × `height` for the words of an overlay, with room for its frame.
fn centred(screen: Area, width: u16, height: u16) -> Area {
    let width = width.min(screen.width.saturating_sub(6)).max(1);
    let height = height.clamp(1, screen.height.saturating_sub(4).max(1));
    let x = (screen.width - width.min(screen.width)) / 2;
    let y = (screen.height - height.min(screen.height)) / 2;
    Area { x, y, width, height }
}
