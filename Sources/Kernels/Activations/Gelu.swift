/// gelu x Φ(x), exact, and its tanh approximation; gradients are made from x.
///
/// Source: Hendrycks and Gimpel 2016.
///
/// Numerics: at infinities and numbers whose square is none the values and slopes are the limits (`gateInput`, `slopeInput`).
func gelu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { gateInput($0) * normalDistribution($0).cumulative }
}

/// dx = dy (Φ(x) + x φ(x)).
func geluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let x = slopeInput(x)
        let (cumulative, density) = normalDistribution(x)
        return dy * cumulative.addingProduct(x, density)
    }
}

/// 2 √(2/π), twice the inner factor: (1 + tanh u) / 2 is the logistic function of 2u.
@inline(__always)
private func twiceRootTwoOverPi() -> Scalar { 1.5957691216057307117 }

/// y = x (1 + tanh(√(2/π) (x + 0.044715 x^3))) / 2.
func geluTanh(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { x in
        let inner = (x + x * x * x * 0.044715) * twiceRootTwoOverPi()
        return gateInput(x) * logistic(inner).value
    }
}

func geluTanhGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let x = slopeInput(x)
        let square = x * x
        let inner = (x + x * square * 0.044715) * twiceRootTwoOverPi()
        let slope = (splat(1) + square * 0.134145) * twiceRootTwoOverPi()
        let (value, complement) = logistic(inner)
        return dy * (value + x * value * complement * slope)
    }
}
