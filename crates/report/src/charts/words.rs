//! Words that repeat from chart to chart.

use inclusion_language::Language;

/// Words that repeat from chart to chart; English unless the caller says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Language of the numerals, and of the side that rows begin at.
    pub language: Language,
    /// Name of the women's marks.
    pub women: String,
    /// Name of the men's marks.
    pub men: String,
    /// Name of the marks for both sexes.
    pub total: String,
    /// Header of the texts at the right end of the rows.
    pub right_header: String,
    /// Name of the reference line.
    pub reference: String,
    /// Explains open marks; printed where one is drawn.
    pub unreliable: String,
    /// Explains the mark of withheld figures; printed where one stands.
    pub withheld: String,
    /// Explains the mark of missing figures; printed where one stands.
    pub missing: String,
    /// Explains the whiskers; printed where one is drawn.
    pub interval: String,
    /// Explains arrow heads; printed where an interval leaves the axis.
    pub beyond: String,
    /// Explains bands; printed where one is drawn.
    pub band: String,
    /// Explains the strokes in a gap of a line; printed where there are some.
    pub series_break: String,
    /// Name of a target line.
    pub target: String,
    /// Name of the path that would reach the target.
    pub required: String,
    /// Stands before the number of lines of a slope chart that are neither drawn nor named.
    pub incomplete: String,
    /// Stands before the names of groups with a line round them.
    pub outlined: String,
    /// What the boundaries of a map mean; printed under every one.
    pub boundaries: String,
    /// Stands between the limits of a class.
    pub to: String,
    /// Says that classes were made of equally many figures.
    pub equal_counts: String,
    /// Says that classes were made equally wide.
    pub equal_steps: String,
    /// Women and men apart in a recent year; the subtitle says since when.
    pub sexes_latest: String,
    /// Women and men apart in older years only.
    pub sexes_older: String,
    /// Both sexes together only.
    pub total_only: String,
    /// No figure at all.
    pub nothing: String,
    /// Explains the heads of stems where women are ahead.
    pub women_ahead: String,
    /// Explains those where men are ahead.
    pub men_ahead: String,
    /// Explains those whose interval holds equality.
    pub not_told: String,
    /// Name of the trend of a projection.
    pub projection: String,
    /// Explains the bands of projections; printed where one is drawn.
    pub fan: String,
    /// Flag over panels with a projection.
    pub projected: String,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            language: Language::En,
            women: "Women".into(),
            men: "Men".into(),
            total: "Both sexes".into(),
            right_header: "Gap".into(),
            reference: "Parity".into(),
            unreliable: "Open marks: low reliability.".into(),
            withheld: "withheld".into(),
            missing: "not available".into(),
            interval: "Whiskers: 95% confidence intervals.".into(),
            beyond: "An arrow head: the interval goes on.".into(),
            band: "Bands: 95% confidence intervals.".into(),
            series_break: "Two strokes: a break in the series.".into(),
            target: "Target".into(),
            required: "Path to the target".into(),
            incomplete: "Lines without both figures, not drawn:".into(),
            outlined: "A line is drawn round".into(),
            boundaries: "Boundaries are those of the map's source and say nothing of the status of any area.".into(),
            to: "to".into(),
            equal_counts: "Classes have about equally many figures.".into(),
            equal_steps: "Classes are equally wide.".into(),
            sexes_latest: "Women and men, recent".into(),
            sexes_older: "Women and men, older".into(),
            total_only: "Both sexes together only".into(),
            nothing: "No figure".into(),
            women_ahead: "Women ahead".into(),
            men_ahead: "Men ahead".into(),
            not_told: "Equal, or the interval holds equality".into(),
            projection: "F: projection".into(),
            fan: "Bands after the last figure: prediction intervals of 50, 80 and 95%.".into(),
            projected: "F".into(),
        }
    }
}
