/// elu (alpha 1) and selu, whose gradients are made from y.
///
/// Source: Clevert et al. 2015 (elu); Klambauer et al. 2017 (selu and its two constants).
func elu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { select($0 .> splat(0), $0, exponentialMinusOne($0)) }
}

func eluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { select($1 .> splat(0), $0, $0 * ($1 + 1)) }
}

@inline(__always)
private func seluConstants() -> (scale: Scalar, scaledAlpha: Scalar) { (1.0507009873554804934, 1.7580993408473768599) }

/// y = scale * (x > 0 ? x : alpha (e^x - 1)).
func selu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    let (scale, scaledAlpha) = seluConstants()
    elementwise(y, x, from, to) { select($0 .> splat(0), $0 * scale, exponentialMinusOne($0) * scaledAlpha) }
}

func seluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    let (scale, scaledAlpha) = seluConstants()
    elementwise(dx, dy, y, from, to) { select($1 .> splat(0), $0 * scale, $0 * ($1 + scaledAlpha)) }
}
