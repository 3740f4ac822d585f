import KernelInterface

/// w -= lr (g + wd w).
func sgd(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let (rate, decay) = (Scalar(p.pointee.learningRate), Scalar(weightDecay))
    elementwiseUpdate(w, g, nil, nil, from, to, rows, stride) { w, g, _, _ in w -= (g + w * decay) * rate }
}

/// v = m v + g; w -= lr v, or lr (g + m v) with nesterov. The first step's v = g follows from v = 0.
func sgdMomentum(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?,
    _ p: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
) {
    let p = p.assumingMemoryBound(to: UpdateParameters.self)
    let (rate, decay, momentum) = (Scalar(p.pointee.learningRate), Scalar(weightDecay), Scalar(p.pointee.momentum))
    let lookahead: Scalar = p.pointee.nesterov ? 1 : 0
    elementwiseUpdate(w, g, s0, nil, from, to, rows, stride) { w, g, v, _ in
        let d = g + w * decay
        v = v * momentum + d
        let step = lookahead == 0 ? v : d + v * momentum
        w -= step * rate
    }
}
