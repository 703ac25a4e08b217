//! The Equal Earth projection: equal areas of the world are equal areas of the map.
//!
//! Source: Šavrič, Patterson and Jenny (2018), *The Equal Earth map projection*, International
//! Journal of Geographical Information Science 33(3), equations 1 to 6.

/// The polynomial's coefficients.
const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];

/// Longitude from the central meridian and latitude in degrees, to the plane of a sphere of radius
/// one: x to the east, y to the north. The x of a parallel is linear in longitude, so a longitude
/// beyond 180 degrees goes on where the map would end.
pub(super) fn equal_earth(longitude: f64, latitude: f64) -> (f64, f64) {
    let half_root_three = 3f64.sqrt() / 2.0;
    let theta = (half_root_three * latitude.to_radians().sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = longitude.to_radians() * theta.cos() / (half_root_three * slope);
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_has_the_published_width_and_height() {
        // The paper: the width is 2.05458 times the height, and the poles are 0.59247 of the equator.
        let (equator, pole) = (equal_earth(180.0, 0.0).0, equal_earth(180.0, 90.0));
        assert!((equator / pole.1 - 2.05458).abs() < 1e-5, "{}", equator / pole.1);
        assert!((pole.0 / equator - 0.59247).abs() < 1e-5, "{}", pole.0 / equator);
    }

    #[test]
    fn areas_are_equal_everywhere() {
        let h = 1e-5f64;
        for latitude in [-80.0, -45.0, -10.0, 0.0, 30.0, 60.0, 85.0] {
            let (x, _) = equal_earth(1.0, latitude);
            let (_, north) = equal_earth(0.0, latitude + h);
            let (_, south) = equal_earth(0.0, latitude - h);
            // Area of a small cell on the map over that on the sphere.
            let map = x / 1f64.to_radians() * (north - south) / (2.0 * h).to_radians();
            let sphere = latitude.to_radians().cos();
            assert!((map / sphere - 1.0).abs() < 1e-6, "{latitude}: {}", map / sphere);
        }
    }
}
