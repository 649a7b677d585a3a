package desk

func deliverReply(w *work, a DeliverReply) error {
	if !w.env.Actor.System {
		return Refuse(CodePerm, "Only the hub can say how far a reply has come.")
	}
	m, err := w.reply(a.Message)
	if err != nil {
		return err
	}
	if !m.Leaves() || len(deliveries[ReplyDeliver][m.Delivery]) == 0 {
		return Refuse(CodeWorkflow, "The reply is not on its way out.")
	}
	if m.Delivery == DeliveryFailed && a.Delivery == DeliverySent {
		return nil // a bounce may overtake the word that the mail server took the mail
	}
	if !ReplyDeliver.mayGo(m.Delivery, a.Delivery) {
		return Refuse(CodeWorkflow, "A reply that is %s cannot become %q.", m.Delivery, string(a.Delivery))
	}
	m.Delivery, m.Problem, m.Wait = a.Delivery, a.Problem, a.Wait.clean()
	if a.MailID != "" {
		m.MailID = a.MailID
	}
	m.Rev++
	w.put(m)
	if a.Delivery == DeliveryFailed {
		return w.bounced(m, a)
	}
	return nil
}

// bounced tells the ticket of a failed answer, and marks the requester's address
// after a permanent bounce.
func (w *work) bounced(m Message, a DeliverReply) error {
	t, err := w.standing()
	if err != nil {
		return err
	}
	w.record(&t, Event{Kind: EventBounced, New: a.Problem})
	t.touch(w.at)
	w.put(t)
	if !a.Permanent || m.Kind != PublicReply || t.Requester == "" {
		return nil
	}
	r, err := Read[Requester](w.view, Key{KindRequester, string(t.Requester)})
	if err != nil || r.Undelivered {
		return err
	}
	r.Undelivered = true
	r.Rev++
	w.put(r)
	return nil
}

// retryReply lets a reply leave before its time, or once more after it failed.
// One that may have left is looked for first, whoever is impatient.
func retryReply(w *work, a RetryReply) error {
	t, err := w.standing()
	if err != nil {
		return err
	}
	m, err := w.reply(a.Message)
	if err != nil {
		return err
	}
	if m.Leaves() && (m.Delivery == DeliveryQueued || m.Delivery == DeliverySending) {
		w.status = Duplicate // it leaves already
		return nil
	}
	if !m.Leaves() || !m.Retryable() {
		return Refuse(CodeWorkflow, "The message is not a reply that waits or failed; there is nothing to send again.")
	}
	if m.Delivery == DeliveryFailed {
		w.record(&t, Event{Kind: EventRetried, Old: m.Problem})
		t.touch(w.at)
		w.put(t)
	}
	if m.Delivery != DeliveryUnknown {
		m.Delivery = DeliveryQueued
		m.Problem = ""
	}
	m.Wait = nil
	m.Rev++
	w.put(m)
	return nil
}
