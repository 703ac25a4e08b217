//! Work whose result may contradict itself: an engine that loses a machine near the end of a job may count rows
//! twice or not at all, without a word.

/// Does the work, and once more from its beginning where its result contradicts itself, which is told; what
/// contradicts itself then, too, is given as an error. Other errors end it at once.
pub(crate) fn done_again<T, E>(
    work: &mut dyn FnMut() -> Result<Result<T, String>, E>,
    told: &dyn Fn(&str),
    refused: &dyn Fn(String) -> E,
) -> Result<T, E> {
    match work()? {
        Ok(done) => Ok(done),
        Err(contradiction) => {
            told(&contradiction);
            work()?.map_err(refused)
        }
    }
}
