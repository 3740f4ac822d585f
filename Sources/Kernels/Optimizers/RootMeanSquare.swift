import KernelInterface

/// v = rho v + (1 - rho) g^2; the step is g / (√v + eps), gathered in a velocity if s1 is there.
///
/// Source: Tieleman and Hinton 2012; as PyTorch's RMSprop.
func rmsprop(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let (rate, decay, epsilon) = (Scalar(p.pointee.learningRate), Scalar(weightDecay), Scalar(p.pointee.epsilon))
    let (rho, rest, momentum) = (Scalar(p.pointee.rho), Scalar(1 - p.pointee.rho), Scalar(p.pointee.momentum))
    elementwiseUpdate(w, g, s0, s1, from, to, rows, stride) { w, g, v, velocity in
        let d = g + w * decay
        v = v * rho + d * d * rest
        velocity = velocity * momentum + d / (v.squareRoot() + epsilon)
        w -= velocity * rate
    }
}

/// s += g^2; w -= lr g / (√s + eps).
///
/// Source: Duchi et al. 2011; as PyTorch's Adagrad.
func adagrad(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let (rate, decay, epsilon) = (Scalar(p.pointee.learningRate), Scalar(weightDecay), Scalar(p.pointee.epsilon))
    elementwiseUpdate(w, g, s0, nil, from, to, rows, stride) { w, g, s, _ in
        let d = g + w * decay
        s += d * d
        w -= d * rate / (s.squareRoot() + epsilon)
    }
}
