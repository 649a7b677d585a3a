import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { X } from "./icons";

interface SheetProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
  /** reading: nothing inside takes the focus, so the text itself must scroll by key. */
  reading?: boolean;
}

/** Sheet is the one modal form: 92 px from the top, Esc and the scrim close it. */
export function Sheet({ title, closeLabel, onClose, children, foot, reading }: SheetProps) {
  return (
    <SheetFrame onClose={onClose}>
      <div className="sheet-head">
        <Heading slot="title">{title}</Heading>
        <span className="grow" />
        <IconButton label={closeLabel} caps={["Esc"]} onPress={onClose}>
          <X size={15} />
        </IconButton>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- text that scrolls must be reachable by key */}
      <div className="sheet-body" tabIndex={reading ? 0 : undefined}>
        {children}
      </div>
      {foot && <div className="sheet-foot">{foot}</div>}
    </SheetFrame>
  );
}

/** SheetFrame is the surface alone, for parts that bring their own head. */
export function SheetFrame({ label, onClose, children }: { label?: string; onClose: () => void; children: ReactNode }) {
  return (
    <ModalOverlay className="scrim" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="sheet">
        <Dialog aria-label={label} data-overlay>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
