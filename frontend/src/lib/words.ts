// Words on the screen. A phrase is its own key, so the source reads as the
// screen does; a language is one file of phrases beside this one. Plurals and
// other grammar live in the English file too.
import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./words_en.json";

const phrases = createInstance();

void phrases.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** t gives a phrase in the person's language. */
export const t = (phrase: string, values?: Record<string, unknown>): string => phrases.t(phrase, values);
