import type { Ref } from "react";
import { Input, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";

interface TextInputProps extends Omit<TextFieldProps, "children" | "className"> {
  label: string;
  hint?: string;
  placeholder?: string;
  rows?: number;
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** TextInput is a labelled line of text, or with rows a box of text. */
export function TextInput({ label, hint, placeholder, rows, inputRef, ...rest }: TextInputProps) {
  return (
    <TextField {...rest} className="field">
      <Label className="field-label">{label}</Label>
      {rows ? (
        <TextArea className="input" rows={rows} placeholder={placeholder} ref={inputRef} dir="auto" />
      ) : (
        <Input className="input" placeholder={placeholder} ref={inputRef} dir="auto" />
      )}
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </TextField>
  );
}
