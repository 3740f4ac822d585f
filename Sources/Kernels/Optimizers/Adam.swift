import KernelInterface

/// Adam, AdamW and NAdam, as PyTorch's: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2.
///
/// Source: Kingma and Ba 2015; Loshchilov and Hutter 2019; Dozat 2016.
@inline(__always)
private func updateMoments(_ m: inout Lanes, _ v: inout Lanes, _ g: Lanes, _ p: UnsafePointer<UpdateParameters>) {
    m += (g - m) * Scalar(1 - p.pointee.beta1)
    v = v * Scalar(p.pointee.beta2) + g * g * Scalar(1 - p.pointee.beta2)
}

/// w -= lr / (1 - b1^t) * m / (√v * (1 / √(1 - b2^t)) + eps); the decay is added to the gradient.
func adam(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let decay = Scalar(weightDecay)
    let (rate, inverseRoot, epsilon) = biasCorrected(p)
    elementwiseUpdate(w, g, s0, s1, from, to, rows, stride) { w, g, m, v in
        updateMoments(&m, &v, g + w * decay, p)
        w -= m * rate / (v.squareRoot() * inverseRoot + epsilon)
    }
}

/// As adam, but the decay shrinks the weights by lr wd before the step.
func adamw(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let keep = Scalar(1 - p.pointee.learningRate * weightDecay)
    let (rate, inverseRoot, epsilon) = biasCorrected(p)
    elementwiseUpdate(w, g, s0, s1, from, to, rows, stride) { w, g, m, v in
        updateMoments(&m, &v, g, p)
        w = w * keep - m * rate / (v.squareRoot() * inverseRoot + epsilon)
    }
}

@inline(__always)
private func biasCorrected(_ p: UnsafePointer<UpdateParameters>) -> (rate: Scalar, inverseRoot: Scalar, epsilon: Scalar) {
    (Scalar(p.pointee.learningRate / p.pointee.correction1), Scalar(1 / p.pointee.correction2.squareRoot()), Scalar(p.pointee.epsilon))
}

/// w -= lr (1 - mu) / (1 - M_t) g / d + lr mu' / (1 - M_t+1) m / d, d = √(v / (1 - b2^t)) + eps, M the running product of mu.
func nadam(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let q = p.pointee
    let (decay, inverseCorrection, epsilon) = (Scalar(weightDecay), Scalar(1 / q.correction2), Scalar(q.epsilon))
    let forGradient = Scalar(q.learningRate * (1 - q.mu) / (1 - q.muProduct))
    let forMoment = Scalar(q.learningRate * q.muNext / (1 - q.muProductNext))
    elementwiseUpdate(w, g, s0, s1, from, to, rows, stride) { w, g, m, v in
        let d = g + w * decay
        updateMoments(&m, &v, d, p)
        w -= (d * forGradient + m * forMoment) / ((v * inverseCorrection).squareRoot() + epsilon)
    }
}
